import type { Chapter } from "../chapter";
import type { Facts } from "../facts";

const row = {
  text: "The animal didn't cross the street because it was too tired.",
  look: ["it was", "animal"],
} as const;

const tokens = ({ trace }: Facts) => trace.tokens.length;
/** Pairs that a causal pattern really computes. */
const pairs = (facts: Facts) => (tokens(facts) * (tokens(facts) + 1)) / 2;

export const chapter: Chapter = {
  group: "essays",
  rows: ["B1"],
  minutes: 4,
  steps: [
    { id: "chain", figure: { ...row, view: "lines", lineLayers: "head" } },
    { id: "formula", figure: { ...row, view: "steps", step: "dot" } },
    {
      id: "predict",
      figure: { ...row, view: "steps", step: "scale" },
      revealed: { view: "steps", step: "softmax" },
    },
    { id: "mix", figure: { ...row, view: "steps", step: "mix" } },
    { id: "all", figure: { ...row, view: "heads" } },
    { id: "try", figure: { ...row, view: "steps", step: "softmax" } },
    { id: "check", figure: { ...row, view: "steps", step: "softmax" } },
  ],
  predict: {
    kind: "choice",
    options: ["one", "tokens", "pairs"],
    // Every row of the pattern is one query's, and they are all computed by the same product of matrices.
    answer: (facts) => (facts.tensor("attn.hook_pattern")?.shape.at(-2) === tokens(facts) ? "one" : "tokens"),
  },
  change: {
    kind: "text",
    suggestions: [
      "The chicken crossed the road carelessly.",
      "I love you.",
      "She put the book on the table and read it.",
    ],
  },
  check: { kind: "number", answer: pairs, tolerance: 0.001 },
  numbers: {
    pairs,
    last: (facts) => tokens(facts) - 1,
    rowSum: (facts) => facts.row("attn.hook_pattern").reduce((sum, share) => sum + share, 0),
    mixed: (facts) =>
      facts
        .row("attn.hook_pattern")
        .reduce((sum, share, at) => sum + share * facts.number("attn.hook_v", { key: at, dimension: 0 }), 0),
    recorded: (facts) => facts.number("attn.hook_z", { dimension: 0 }),
  },
  sources: [
    {
      by: "Vaswani et al.",
      year: 2017,
      title: "Attention Is All You Need",
      url: "https://arxiv.org/abs/1706.03762",
    },
    {
      by: "Bahdanau, Cho, Bengio",
      year: 2014,
      title: "Neural Machine Translation by Jointly Learning to Align and Translate",
      url: "https://arxiv.org/abs/1409.0473",
    },
    {
      by: "Jain, Wallace",
      year: 2019,
      title: "Attention is not Explanation",
      url: "https://arxiv.org/abs/1902.10186",
    },
  ],
};
