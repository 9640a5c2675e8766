import type { Chapter, Figure } from "../chapter";
import type { Facts } from "../facts";
import { measure } from "../measures";

const row = {
  text: "The animal didn't cross the street because it was too tired.",
  look: ["it was", "animal"],
  view: "steps",
  step: "softmax",
} as const;

/** The figure with another rule for the scores, on the model's own values. */
const scored = (rule: string): Figure => ({
  ...row,
  variant: JSON.stringify([{ kind: "score", score: { rule } }]),
});

const RANK = 8;
const length = ({ trace }: Facts) => Math.min(trace.spec.context, 128);
/** Numbers of one head's W_Q, b_Q, W_K and b_K. */
const products = (facts: Facts) => 2 * (measure(facts, "dModel") + 1) * measure(facts, "dHead");
const table = (facts: Facts) => length(facts) ** 2;
const factors = (facts: Facts) => 2 * length(facts) * RANK;

export const chapter: Chapter = {
  group: "essays",
  rows: ["B2"],
  minutes: 4,
  steps: [
    { id: "doubt", figure: row },
    {
      id: "predict",
      figure: { ...row, step: "qkv" },
      revealed: scored("random"),
    },
    { id: "dense", figure: scored("dense") },
    { id: "small", figure: scored("factorisedRandom") },
    { id: "try", figure: row },
    { id: "judge", figure: { ...row, view: "lab", experiment: "scoreRule" } },
    { id: "check", figure: { ...row } },
  ],
  predict: {
    kind: "choice",
    options: ["table", "alike", "products"],
    answer: (facts) => {
      const ratio = table(facts) / products(facts);
      if (ratio > 0.9 && ratio < 1.1) return "alike";
      return ratio > 1 ? "table" : "products";
    },
  },
  change: {
    kind: "figure",
    figures: {
      dot: row,
      dense: scored("dense"),
      random: scored("random"),
      additive: scored("additive"),
    },
  },
  check: { kind: "number", answer: factors, tolerance: 0.001 },
  numbers: { length, table, products, factors },
  sources: [
    {
      by: "Tay et al.",
      year: 2021,
      title: "Synthesizer: Rethinking Self-Attention for Transformer Models",
      url: "https://arxiv.org/abs/2005.00743",
    },
    {
      by: "Raganato, Scherrer, Tiedemann",
      year: 2020,
      title: "Fixed Encoder Self-Attention Patterns in Transformer-Based Machine Translation",
      url: "https://arxiv.org/abs/2002.10260",
    },
  ],
};
