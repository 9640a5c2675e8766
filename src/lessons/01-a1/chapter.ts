import type { Chapter } from "../chapter";
import type { Facts } from "../facts";
import { measure } from "../measures";

const row = {
  text: "The animal didn't cross the street because it was too tired.",
  look: ["it was", "animal"],
} as const;

const short = { model: "translator", text: ">>fr<< I love you.", target: "Je t'aime." } as const;
const source = { ...short, stack: "encoder", view: "steps", step: "embed" } as const;
const cross = { ...short, stack: "decoder", attention: "cross_attn", look: ["aime", "love"] } as const;

/** Numbers of all the encoder's outputs: a vector for each token of the source. */
const kept = (facts: Facts) => facts.trace.tokens.length * measure(facts, "dModel");
const distance = ({ where }: Facts) => where.query - where.key;

export const chapter: Chapter = {
  group: "questions",
  rows: ["A1"],
  minutes: 4,
  steps: [
    { id: "suitcase", figure: source },
    { id: "fifty", figure: { ...row, view: "lab", experiment: "paths" } },
    { id: "look", figure: { ...cross, view: "lines", lineLayers: "head", lineHide: "special" } },
    {
      id: "predict",
      figure: source,
      revealed: { ...cross, view: "steps", step: "softmax" },
    },
    { id: "inside", figure: { ...row, view: "lines", lineLayers: "head", lineUnits: "pieces" } },
    { id: "check", figure: { ...row, view: "lines", lineLayers: "head", lineUnits: "pieces" } },
  ],
  predict: { kind: "number", answer: kept, tolerance: 0.001 },
  change: { kind: "selection", of: "query" },
  check: { kind: "number", answer: distance, tolerance: 0.001 },
  numbers: { kept, distance, squared: ({ trace }) => trace.tokens.length ** 2 },
  sources: [
    {
      by: "Sutskever, Vinyals, Le",
      year: 2014,
      title: "Sequence to Sequence Learning with Neural Networks",
      url: "https://arxiv.org/abs/1409.3215",
    },
    {
      by: "Bahdanau, Cho, Bengio",
      year: 2014,
      title: "Neural Machine Translation by Jointly Learning to Align and Translate",
      url: "https://arxiv.org/abs/1409.0473",
    },
    {
      by: "Vaswani et al.",
      year: 2017,
      title: "Attention Is All You Need",
      url: "https://arxiv.org/abs/1706.03762",
    },
  ],
};
