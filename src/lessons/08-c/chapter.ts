import type { Chapter } from "../chapter";

const text = "The animal didn't cross the street because it was too tired.";
const look = ["it was", "animal"] as const;
/** A model that writes from left to right. */
const written = { text, look } as const;
/** A model that reads both ways, and was taught which noun a pronoun stands for, at the head that its card names for it. */
const read = { text, look, model: "masked", layer: 2, head: 4 } as const;

export const chapter: Chapter = {
  group: "mechanism",
  rows: ["C1", "C4", "C5"],
  minutes: 6,
  steps: [
    { id: "rows", figure: { ...written, view: "steps", step: "embed" } },
    { id: "three", figure: { ...written, view: "steps", step: "qkv" } },
    { id: "scores", figure: { ...written, view: "steps", step: "scale" } },
    { id: "mask", figure: { ...written, view: "steps", step: "mask" } },
    { id: "mix", figure: { ...written, view: "steps", step: "mix" } },
    { id: "heads", figure: { ...written, view: "steps", step: "project" } },
    {
      id: "layers",
      figure: {
        model: "translator",
        text: ">>fr<< I love you.",
        target: "Je t'aime.",
        look: ["aime", "Je"],
        stack: "decoder",
        view: "block",
      },
    },
    {
      id: "predict",
      figure: { ...read, view: "steps", step: "qkv" },
      revealed: { step: "softmax" },
    },
    {
      id: "halves",
      figure: { ...read, view: "steps", step: "softmax" },
      // The source's idealisation: half from the animal, half from the street, nothing from any other word.
      set: (facts) => {
        const { stack, layer, head, query } = facts.where;
        const site = `${stack}.${layer}.attn.hook_pattern`;
        const half = ["animal", "street"].map((word) => facts.position(word));
        return [
          { kind: "zero", site, at: { head, query } },
          ...half.map((key) => ({ kind: "set", site, at: { head, query, key }, value: 0.5 }) as const),
        ];
      },
    },
    { id: "wide", figure: { ...read, view: "steps", step: "softmax" } },
    { id: "check", figure: { ...written, view: "steps", step: "mask" } },
  ],
  predict: {
    kind: "choice",
    options: ["halves", "animal", "street", "elsewhere"],
    answer: (facts) => {
      const animal = facts.number("attn.hook_pattern", { key: "animal" });
      const street = facts.number("attn.hook_pattern", { key: "street" });
      if (animal + street < 0.5) return "elsewhere";
      if (Math.abs(animal - street) < 0.1) return "halves";
      return animal > street ? "animal" : "street";
    },
  },
  change: {
    kind: "text",
    suggestions: [text, "The animal didn't cross the street because it was too wide."],
  },
  check: {
    kind: "number",
    // Query i sees keys 0 … i: 1 + 2 + … + n of the n² cells.
    answer: ({ trace }) => (trace.tokens.length * (trace.tokens.length + 1)) / 2,
    tolerance: 0,
  },
  numbers: {
    cells: ({ trace }) => trace.tokens.length ** 2,
    open: ({ trace }) => (trace.tokens.length * (trace.tokens.length + 1)) / 2,
    animal: (facts) => facts.number("attn.hook_pattern", { key: "animal" }),
    street: (facts) => facts.number("attn.hook_pattern", { key: "street" }),
    rest: (facts) => {
      const two = ["animal", "street"].map((word) => facts.position(word));
      return facts
        .row("attn.hook_pattern")
        .reduce((sum, share, key) => (two.includes(key) ? sum : sum + share), 0);
    },
  },
  sources: [
    {
      by: "Vaswani et al.",
      year: 2017,
      title: "Attention Is All You Need",
      url: "https://arxiv.org/abs/1706.03762",
    },
    {
      by: "Levesque, Davis, Morgenstern",
      year: 2012,
      title: "The Winograd Schema Challenge",
      url: "https://cdn.aaai.org/ocs/4492/4492-21843-1-PB.pdf",
    },
  ],
};
