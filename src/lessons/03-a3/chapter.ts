import { cosineOf } from "../../analysis/matrix";
import type { Chapter } from "../chapter";
import type { Facts } from "../facts";
import { measure } from "../measures";

const reader = {
  model: "masked",
  text: "The bank raised its interest rates.",
  look: ["bank", "rates"],
} as const;
const writer = {
  text: "The animal didn't cross the street because it was too tired.",
  look: ["it was", "animal"],
} as const;
/** Not finished, so that there is something to write. */
const begun = { ...writer, text: "The animal didn't cross the street because it was too" } as const;
const both = {
  model: "translator",
  text: ">>fr<< I love you.",
  target: "Je t'aime.",
  look: ["aime", "Je"],
} as const;

/** Tokens that a query sees, itself among them. */
const seen = (facts: Facts) => facts.row("attn.hook_pattern").filter((share) => share > 0).length;

/** Cosine of the looked token's vector before the first layer and after the last. */
function changed(facts: Facts): number {
  const layers = measure(facts, "layers");
  const last = { layer: layers - 1 };
  const after = facts.row("hook_normalized_resid_post", last);
  return cosineOf(
    facts.row("hook_resid_pre", { layer: 0 }),
    after.length > 0 ? after : facts.row("hook_resid_post", last),
  );
}

export const chapter: Chapter = {
  group: "questions",
  rows: ["A3"],
  minutes: 4,
  steps: [
    { id: "reader", figure: { ...reader, view: "lines", lineLayers: "head" } },
    { id: "vectors", figure: { ...reader, view: "block" } },
    {
      id: "two",
      figure: {
        ...reader,
        view: "compare",
        textB: "We sat on the bank of the river.",
        modelB: "masked",
      },
    },
    { id: "writer", figure: { ...begun, view: "output" } },
    {
      id: "predict",
      figure: {
        ...both,
        stack: "decoder",
        attention: "cross_attn",
        look: ["aime", "love"],
        view: "steps",
        step: "embed",
      },
      revealed: { look: ["aime", "love"], view: "lines", lineLayers: "head" },
    },
    {
      id: "try",
      figure: { ...both, stack: "decoder", attention: "cross_attn", look: ["aime", "love"], view: "block" },
    },
    { id: "check", figure: { ...writer, view: "steps", step: "softmax" } },
  ],
  predict: {
    kind: "choice",
    options: ["source", "target", "both"],
    // Keys of a decoder's cross-attention are as many as the source has tokens.
    answer: ({ trace, tensor }) =>
      tensor("attn.hook_k")?.shape.at(-2) === trace.tokens.length ? "source" : "target",
  },
  change: {
    kind: "figure",
    figures: {
      encoder: { ...both, stack: "encoder", attention: "attn", look: ["love", "I"], view: "block" },
      decoder: { ...both, stack: "decoder", attention: "attn", view: "block" },
      cross: { ...both, stack: "decoder", attention: "cross_attn", look: ["aime", "love"], view: "block" },
    },
  },
  check: { kind: "number", answer: seen, tolerance: 0.001 },
  numbers: { seen, changed },
  sources: [
    {
      by: "Vaswani et al.",
      year: 2017,
      title: "Attention Is All You Need",
      url: "https://arxiv.org/abs/1706.03762",
    },
    {
      by: "Devlin et al.",
      year: 2019,
      title: "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
      url: "https://arxiv.org/abs/1810.04805",
    },
    {
      by: "Radford et al.",
      year: 2019,
      title: "Language Models are Unsupervised Multitask Learners",
      url: "https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf",
    },
  ],
};
