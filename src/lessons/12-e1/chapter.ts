import type { Chapter } from "../chapter";
import type { Facts } from "../facts";

const text = "The animal didn't cross the street because it was too tired.";
/** The block that "it" passes first, so that whatever changes in it has nothing before it. */
const first = { text, look: ["it was", "animal"], layer: 0, head: 0 } as const;

/** LayerNorm of the looked token's stream times a factor, before weight and bias. */
function normalised(facts: Facts, factor: number): number[] {
  const x = Array.from(facts.row("hook_resid_pre"), (value) => factor * value);
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  const { eps } = facts.trace.spec.stacks[0]?.layers[0]?.norm ?? { eps: 0 };
  return x.map((value) => (value - mean) / Math.sqrt(variance + eps));
}

const length = (vector: readonly number[]) => Math.hypot(...vector);

export const chapter: Chapter = {
  group: "mechanism",
  rows: ["E1", "D7"],
  minutes: 5,
  steps: [
    { id: "stream", figure: { ...first, view: "block" } },
    { id: "add", figure: { ...first, view: "steps", step: "add" } },
    {
      id: "predict",
      figure: { ...first, view: "steps", step: "embed" },
      revealed: { step: "normalise", site: "ln1.hook_normalized" },
    },
    { id: "norm", figure: { ...first, view: "steps", step: "normalise", site: "ln1.hook_normalized" } },
    { id: "learned", figure: { ...first, view: "steps", step: "normalise" } },
    { id: "turn", figure: { ...first, view: "steps", step: "normalise", site: "ln1.hook_normalized" } },
    {
      id: "where",
      figure: { text, model: "masked", look: ["it was", "animal"], layer: 0, head: 0, view: "block" },
    },
    { id: "check", figure: { ...first, view: "steps", step: "embed" } },
  ],
  predict: {
    kind: "choice",
    options: ["double", "same", "half"],
    answer: (facts) => {
      const ratio = length(normalised(facts, 2)) / length(normalised(facts, 1));
      if (ratio > 1.5) return "double";
      return ratio < 0.75 ? "half" : "same";
    },
  },
  change: {
    kind: "edit",
    min: 0.25,
    max: 4,
    step: 0.25,
    rest: 1,
    edits: (factor, { where }) => [
      { kind: "scale", site: "blocks.0.hook_resid_pre", at: { query: where.query }, factor },
    ],
  },
  check: {
    kind: "number",
    answer: (facts) =>
      (facts.number("hook_resid_pre") - facts.number("ln1.step_mean")) / facts.number("ln1.hook_scale"),
    tolerance: 0.03,
    slack: 0.02,
  },
  numbers: {
    once: (facts) => length(normalised(facts, 1)),
    twice: (facts) => length(normalised(facts, 2)),
    /** Length of the vector that the doubled one is. */
    longer: (facts) => 2 * length(Array.from(facts.row("hook_resid_pre"))),
    rootDModel: (facts) => Math.sqrt(facts.row("hook_resid_pre").length),
    normal: (facts) =>
      (facts.number("hook_resid_pre") - facts.number("ln1.step_mean")) / facts.number("ln1.hook_scale"),
  },
  sources: [
    {
      by: "Ba, Kiros, Hinton",
      year: 2016,
      title: "Layer Normalization",
      url: "https://arxiv.org/abs/1607.06450",
    },
    {
      by: "He, Zhang, Ren, Sun",
      year: 2015,
      title: "Deep Residual Learning for Image Recognition",
      url: "https://arxiv.org/abs/1512.03385",
    },
    {
      by: "Xiong et al.",
      year: 2020,
      title: "On Layer Normalization in the Transformer Architecture",
      url: "https://arxiv.org/abs/2002.04745",
    },
    {
      by: "Prince",
      year: 2023,
      title: "Understanding Deep Learning, chapter 12",
      url: "https://udlbook.github.io/udlbook/",
    },
    {
      by: "He, Zhang, Ren, Sun",
      year: 2016,
      title: "Identity Mappings in Deep Residual Networks",
      url: "https://arxiv.org/abs/1603.05027",
    },
  ],
};
