import type { Chapter } from "../chapter";
import type { Facts } from "../facts";
import { measure } from "../measures";

const chicken = {
  text: "The chicken crossed the road carelessly.",
  look: ["carelessly", "chicken"],
} as const;
const read = { ...chicken, model: "masked", look: ["crossed", "chicken"] } as const;

const heads = (facts: Facts) => measure(facts, "heads");

/** For each head of the layer, the key that the looked query takes most from. */
function favourites(facts: Facts): number[] {
  return Array.from({ length: heads(facts) }, (_, head) => facts.strongest({ head }));
}

const different = (facts: Facts) => new Set(favourites(facts)).size;

export const chapter: Chapter = {
  group: "questions",
  rows: ["A5"],
  minutes: 4,
  steps: [
    { id: "three", figure: { ...read, view: "lines", lineLayers: "head" } },
    { id: "one", figure: { ...read, view: "steps", step: "softmax" } },
    {
      id: "predict",
      figure: { ...read, view: "steps", step: "embed" },
      revealed: { view: "heads" },
    },
    { id: "cut", figure: { ...read, view: "steps", step: "project" } },
    { id: "walk", figure: { ...read, view: "lines", lineLayers: "head" } },
    { id: "spare", figure: { ...read, view: "lab", experiment: "ablate" } },
    { id: "check", figure: { ...read, view: "heads" } },
  ],
  predict: {
    kind: "choice",
    options: ["all", "several", "none"],
    answer: (facts) => {
      const count = different(facts);
      if (count === 1) return "all";
      return count === heads(facts) ? "none" : "several";
    },
  },
  change: { kind: "selection", of: "head" },
  check: { kind: "number", answer: (facts) => measure(facts, "dModel") / heads(facts), tolerance: 0.001 },
  numbers: {
    different,
    width: (facts) => measure(facts, "dModel"),
    pictures: (facts) => heads(facts) * measure(facts, "layers"),
  },
  sources: [
    {
      by: "Vaswani et al.",
      year: 2017,
      title: "Attention Is All You Need",
      url: "https://arxiv.org/abs/1706.03762",
    },
    {
      by: "Michel, Levy, Neubig",
      year: 2019,
      title: "Are Sixteen Heads Really Better than One?",
      url: "https://arxiv.org/abs/1905.10650",
    },
    {
      by: "Voita et al.",
      year: 2019,
      title:
        "Analyzing Multi-Head Self-Attention: Specialized Heads Do the Heavy Lifting, the Rest Can Be Pruned",
      url: "https://arxiv.org/abs/1905.09418",
    },
  ],
};
