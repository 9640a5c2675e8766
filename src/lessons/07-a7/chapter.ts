import type { Chapter, Figure } from "../chapter";
import type { Facts } from "../facts";
import { measure } from "../measures";

const row = {
  text: "The animal didn't cross the street because it was too tired.",
  look: ["it was", "animal"],
} as const;

const without: Figure = { ...row, variant: JSON.stringify([{ kind: "residual", residual: false }]) };

const stream = (facts: Facts) => measure(facts, "norm:hook_resid_pre");
const written = (facts: Facts) => measure(facts, "norm:hook_attn_out");
/** The dimension that the reader looks at: stream, written, and their sum. */
const one = (site: string) => (facts: Facts) => facts.number(site, { dimension: 0 });
/** What the less noticed half of the tokens that the query sees get together. */
function lesser(facts: Facts): number {
  const seen = [...facts.row("attn.hook_pattern")].filter((share) => share > 0).sort((a, b) => a - b);
  return seen.slice(0, Math.floor(seen.length / 2)).reduce((sum, share) => sum + share, 0);
}
/** 0.9 to the power of twice the layers: what is left of a gradient that loses a tenth at every station. */
const faded = (facts: Facts) => 0.9 ** (2 * measure(facts, "layers"));

export const chapter: Chapter = {
  group: "questions",
  rows: ["A7"],
  minutes: 4,
  steps: [
    { id: "filter", figure: { ...row, view: "steps", step: "softmax" } },
    { id: "copy", figure: { ...row, view: "block" } },
    {
      id: "predict",
      figure: { ...row, view: "steps", step: "embed" },
      revealed: { view: "block" },
    },
    { id: "nudge", figure: { ...row, view: "lab", experiment: "residual" } },
    { id: "gradient", figure: { ...row, view: "lab", experiment: "residual" } },
    { id: "try", figure: { ...row, view: "heads" } },
    { id: "check", figure: { ...row, view: "block" } },
  ],
  predict: {
    kind: "choice",
    options: ["shorter", "alike", "longer"],
    answer: (facts) => {
      const ratio = written(facts) / stream(facts);
      if (ratio > 0.8 && ratio < 1.25) return "alike";
      return ratio < 1 ? "shorter" : "longer";
    },
  },
  change: {
    kind: "figure",
    figures: { with: { ...row, view: "heads" }, without: { ...without, view: "heads" } },
  },
  check: {
    kind: "number",
    answer: (facts) => one("hook_resid_pre")(facts) + one("hook_attn_out")(facts),
    tolerance: 0.02,
    slack: 0.011,
  },
  numbers: {
    stream,
    written,
    ratio: (facts) => written(facts) / stream(facts),
    before: one("hook_resid_pre"),
    added: one("hook_attn_out"),
    after: one("hook_resid_mid"),
    faded,
    stations: (facts) => 2 * measure(facts, "layers"),
    lesser,
  },
  sources: [
    {
      by: "He et al.",
      year: 2015,
      title: "Deep Residual Learning for Image Recognition",
      url: "https://arxiv.org/abs/1512.03385",
    },
    {
      by: "Vaswani et al.",
      year: 2017,
      title: "Attention Is All You Need",
      url: "https://arxiv.org/abs/1706.03762",
    },
    {
      by: "Dong, Cordonnier, Loukas",
      year: 2021,
      title: "Attention is Not All You Need: Pure Attention Loses Rank Doubly Exponentially with Depth",
      url: "https://arxiv.org/abs/2103.03404",
    },
  ],
};
