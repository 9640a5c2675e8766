import { softmax } from "../../analysis/softmaxJacobian";
import type { Chapter } from "../chapter";
import type { Facts } from "../facts";
import { measure } from "../measures";

const written = { text: "The cat sat on the mat.", look: ["sat", "cat"] } as const;
const covered = { ...written, model: "masked" } as const;
const translated = { model: "translator", text: ">>fr<< I love you.", target: "Je t'aime." } as const;

/** −log₂ of the probability that the model gave each typed token, from the second on. */
function surprisals({ trace, tensor }: Facts): number[] {
  const logits = tensor("logits");
  const width = logits?.shape.at(-1) ?? 1;
  if (logits === null || logits.data.length < trace.tokens.length * width) return [];
  return trace.tokens.slice(1).map(({ id }, before) => {
    const row = softmax(logits.data.subarray(before * width, (before + 1) * width));
    return -Math.log2(row[id] ?? 0);
  });
}

const total = (facts: Facts) => surprisals(facts).reduce((sum, each) => sum + each, 0);
const mean = (facts: Facts) => total(facts) / surprisals(facts).length;
/** What an even guess over the vocabulary would cost. */
const blind = (facts: Facts) => Math.log2(measure(facts, "vocabulary"));

export const chapter: Chapter = {
  group: "mechanism",
  rows: ["D8", "D9", "D10"],
  minutes: 4,
  steps: [
    { id: "cover", figure: { ...covered, view: "output", reading: "mask" } },
    { id: "tune", figure: { model: "sentiment", text: "The film was wonderful.", view: "output" } },
    { id: "next", figure: { ...written, view: "output", reading: "surprisal" } },
    {
      id: "predict",
      figure: { ...written, view: "steps", step: "embed" },
      revealed: { view: "output", reading: "surprisal" },
    },
    { id: "size", figure: { ...written, view: "atlas", member: "gpt-3" } },
    { id: "force", figure: { ...translated, view: "decode" } },
    { id: "try", figure: { ...written, view: "output", reading: "surprisal" } },
    { id: "check", figure: { ...written, view: "output", reading: "surprisal" } },
  ],
  predict: {
    kind: "choice",
    options: ["half", "most", "worse"],
    answer: (facts) => {
      if (mean(facts) >= blind(facts)) return "worse";
      return mean(facts) < blind(facts) / 2 ? "half" : "most";
    },
  },
  change: {
    kind: "text",
    suggestions: [written.text, "Once upon a time there was a king.", "Mat the on sat cat the."],
  },
  check: { kind: "number", answer: blind, tolerance: 0.01 },
  numbers: { total, mean, blind, guesses: (facts) => 2 ** mean(facts) },
  sources: [
    {
      by: "Devlin et al.",
      year: 2019,
      title: "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
      url: "https://arxiv.org/abs/1810.04805",
    },
    {
      by: "Brown et al.",
      year: 2020,
      title: "Language Models are Few-Shot Learners",
      url: "https://arxiv.org/abs/2005.14165",
    },
    {
      by: "Raffel et al.",
      year: 2020,
      title: "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer",
      url: "https://arxiv.org/abs/1910.10683",
    },
    {
      by: "Williams, Zipser",
      year: 1989,
      title: "A Learning Algorithm for Continually Running Fully Recurrent Neural Networks",
      url: "https://doi.org/10.1162/neco.1989.1.2.270",
    },
  ],
};
