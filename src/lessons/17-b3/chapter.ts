import type { Chapter, Figure } from "../chapter";
import type { Facts } from "../facts";
import { measure } from "../measures";

const row = {
  text: "The animal didn't cross the street because it was too tired.",
  look: ["it was", "animal"],
} as const;

/** The first block, so that what it reads is the embedding, whatever its weights are. */
const varied = (...changes: readonly object[]): Figure => ({
  ...row,
  layer: 0,
  head: 0,
  variant: JSON.stringify(changes),
});
/** As BERT and GPT-2 begin, and as Xavier has it, whose larger numbers show more of a pattern. */
const fresh = { kind: "weights", init: "normal", seed: 1, all: true };
const larger = { ...fresh, init: "xavier" };
const unit = { kind: "gatedUnit" };

/** How long what the layer writes is, measured by what it reads: ‖f(x)‖/‖x‖ after LayerNorm. */
const ratio = (facts: Facts) => measure(facts, "norm:hook_attn_out") / measure(facts, "norm:ln1.hook_out");
const rowSum = (facts: Facts) => facts.row("attn.hook_pattern").reduce((sum, share) => sum + share, 0);

export const chapter: Chapter = {
  group: "essays",
  rows: ["B3"],
  minutes: 4,
  steps: [
    { id: "two", figure: { ...row, view: "block" } },
    { id: "unit", figure: { ...varied(unit, larger), view: "steps", step: "qkv" } },
    { id: "square", figure: { ...varied(unit, larger), view: "steps", step: "softmax" } },
    {
      id: "predict",
      figure: { ...varied(unit, fresh), view: "steps", step: "embed" },
      revealed: { view: "lab", experiment: "gau" },
    },
    { id: "why", figure: { ...row, view: "lab", experiment: "gau" } },
    { id: "try", figure: { ...varied(unit, fresh), view: "block" } },
    { id: "check", figure: { ...varied(unit, larger), view: "steps", step: "softmax" } },
  ],
  predict: {
    kind: "choice",
    options: ["alike", "tenth", "hundredth"],
    answer: (facts) => {
      if (ratio(facts) > 0.4) return "alike";
      return ratio(facts) > 0.04 ? "tenth" : "hundredth";
    },
  },
  change: {
    kind: "figure",
    figures: {
      gau: { ...varied(unit, fresh), view: "block" },
      attention: { ...varied(fresh), view: "block" },
      trained: { ...row, layer: 0, head: 0, view: "block" },
    },
  },
  check: {
    kind: "choice",
    options: ["one", "other"],
    answer: (facts) => (Math.abs(rowSum(facts) - 1) < 0.005 ? "one" : "other"),
  },
  numbers: { ratio, rowSum },
  sources: [
    {
      by: "Hua et al.",
      year: 2022,
      title: "Transformer Quality in Linear Time",
      url: "https://arxiv.org/abs/2202.10447",
    },
    {
      by: "So et al.",
      year: 2021,
      title: "Primer: Searching for Efficient Transformers for Language Modeling",
      url: "https://arxiv.org/abs/2109.08668",
    },
    {
      by: "Xiong et al.",
      year: 2020,
      title: "On Layer Normalization in the Transformer Architecture",
      url: "https://arxiv.org/abs/2002.04745",
    },
    {
      by: "Su Jianlin",
      year: 2022,
      title: "门控注意力单元（GAU）还需要Warmup吗？",
      url: "https://kexue.fm/archives/8990",
    },
  ],
};
