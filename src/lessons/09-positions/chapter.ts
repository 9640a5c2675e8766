import type { Chapter, Figure } from "../chapter";
import type { Facts } from "../facts";
import { measure } from "../measures";

const text = "The cat bit the dog.";
const row = { text, model: "masked", look: ["cat", "dog"] } as const;
const swapped = { text: "The dog bit the cat.", model: "masked", look: ["cat", "dog"] } as const;

const bare = (figure: Figure): Figure => ({
  ...figure,
  variant: JSON.stringify([{ kind: "positions", scheme: "none" }]),
});

const share = (facts: Facts) => facts.number("attn.hook_pattern");
const widthOf = (facts: Facts) => measure(facts, "dModel");

export const chapter: Chapter = {
  group: "mechanism",
  rows: ["C2", "C3", "D4"],
  minutes: 5,
  steps: [
    { id: "bag", figure: { ...row, view: "lines", lineLayers: "head" } },
    {
      id: "predict",
      figure: { ...bare(row), view: "steps", step: "embed" },
      revealed: { view: "lab", experiment: "permute" },
    },
    { id: "law", figure: { ...row, view: "position", bare: true } },
    {
      id: "waves",
      figure: {
        ...row,
        model: "translator",
        stack: "encoder",
        text: ">>fr<< The cat bit the dog.",
        view: "position",
      },
    },
    { id: "learned", figure: { ...row, view: "position" } },
    // The siblings of this card write from left to right.
    { id: "where", figure: { text, look: ["dog", "cat"], view: "lab", experiment: "positions" } },
    { id: "try", figure: { ...row, view: "lines", lineLayers: "head" } },
    { id: "check", figure: { ...bare(row), view: "steps", step: "softmax" } },
  ],
  predict: {
    kind: "choice",
    options: ["same", "other"],
    // Without positions and without a causal mask, layer 0 sees a set: swapping two words swaps rows and columns, no more.
    answer: ({ trace, where }) => {
      const stack = trace.spec.stacks.find(({ name }) => name === where.stack);
      const isSet =
        stack?.embed.positions.kind === "none" &&
        stack.layers.every(({ attn }) => attn.mask.kind === "none" && attn.positions.kind === "none");
      return isSet ? "same" : "other";
    },
  },
  change: {
    kind: "figure",
    figures: {
      cat: { ...row, view: "lines", lineLayers: "head" },
      dog: { ...swapped, view: "lines", lineLayers: "head" },
      catBare: { ...bare(row), view: "lines", lineLayers: "head" },
      dogBare: { ...bare(swapped), view: "lines", lineLayers: "head" },
    },
  },
  check: { kind: "number", answer: share, tolerance: 0.03, slack: 0.001 },
  numbers: { share, widthOf, context: ({ trace }) => trace.spec.context },
  sources: [
    {
      by: "Vaswani et al.",
      year: 2017,
      title: "Attention Is All You Need",
      url: "https://arxiv.org/abs/1706.03762",
    },
    {
      by: "Shaw, Uszkoreit, Vaswani",
      year: 2018,
      title: "Self-Attention with Relative Position Representations",
      url: "https://arxiv.org/abs/1803.02155",
    },
    {
      by: "Su et al.",
      year: 2021,
      title: "RoFormer: Enhanced Transformer with Rotary Position Embedding",
      url: "https://arxiv.org/abs/2104.09864",
    },
    {
      by: "Prince",
      year: 2023,
      title: "Understanding Deep Learning, chapter 12",
      url: "https://udlbook.github.io/udlbook/",
    },
  ],
};
