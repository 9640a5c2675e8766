import type { Chapter } from "../chapter";
import type { Facts } from "../facts";

const text = "The animal didn't cross the street because it was too tired.";
/** The head that looks hardest from "it" to "animal", whichever that is in the model at hand. */
const shelf = { text, look: ["it was", "animal"] } as const;

/** The product of query and key, had every number of the query been twice as large. */
const doubled = (facts: Facts) => 2 * facts.number("attn.step_dot");

export const chapter: Chapter = {
  group: "questions",
  rows: ["A2"],
  minutes: 5,
  steps: [
    { id: "shelf", figure: { ...shelf, view: "steps", step: "embed" } },
    { id: "three", figure: { ...shelf, view: "steps", step: "qkv", site: "attn.hook_q" } },
    {
      id: "predict",
      figure: { ...shelf, view: "steps", step: "qkv", site: "attn.hook_k" },
      revealed: { view: "steps", step: "softmax" },
    },
    { id: "fit", figure: { ...shelf, view: "neuron" } },
    { id: "blend", figure: { ...shelf, view: "steps", step: "softmax" } },
    { id: "walk", figure: { ...shelf, view: "neuron" } },
    { id: "check", figure: { ...shelf, view: "neuron" } },
  ],
  predict: {
    kind: "choice",
    options: ["one", "some", "all"],
    // How many keys the row really uses, 2 to its entropy, against what the mask lets it see.
    answer: (facts) => {
      const row = facts.row("attn.hook_pattern");
      const seen = row.filter((share) => share > 0).length;
      const used = 2 ** row.reduce((bits, share) => (share > 0 ? bits - share * Math.log2(share) : bits), 0);
      if (used < 1.5) return "one";
      return used > 0.9 * seen ? "all" : "some";
    },
  },
  change: { kind: "selection", of: "key" },
  check: { kind: "number", answer: doubled, tolerance: 0.02 },
  numbers: {
    /** What the key's value adds to the first number of the mix: share times value. */
    firstOfValue: (facts) => facts.number("attn.hook_v", { dimension: 0 }),
    firstPart: (facts) => facts.number("attn.hook_pattern") * facts.number("attn.hook_v", { dimension: 0 }),
    doubled,
  },
  sources: [
    {
      by: "Vaswani et al.",
      year: 2017,
      title: "Attention Is All You Need",
      url: "https://arxiv.org/abs/1706.03762",
    },
    {
      by: "Graves, Wayne, Danihelka",
      year: 2014,
      title: "Neural Turing Machines",
      url: "https://arxiv.org/abs/1410.5401",
    },
    {
      by: "Miller et al.",
      year: 2016,
      title: "Key-Value Memory Networks for Directly Reading Documents",
      url: "https://arxiv.org/abs/1606.03126",
    },
  ],
};
