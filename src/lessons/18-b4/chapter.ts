import { effectiveKeys } from "../../analysis/heads/entropy";
import { softmax } from "../../analysis/softmaxJacobian";
import type { Chapter, Figure } from "../chapter";
import type { Facts } from "../facts";
import { measure } from "../measures";

const row = {
  text: "The animal didn't cross the street because it was too tired.",
  look: ["tired", "animal"],
} as const;

const varied = (change: object): Figure => ({ ...row, variant: JSON.stringify([change]) });

/** ALiBi's slope of a head: 2^(−8(h + 1)/H). */
const slope = (facts: Facts, head = facts.where.head) => 2 ** ((-8 * (head + 1)) / measure(facts, "heads"));
const distance = ({ where }: Facts) => where.query - where.key;
/** What ALiBi adds to the score of the figure's pair in the first head. */
const bias = (facts: Facts) => -slope(facts, 0) * distance(facts);

/** How many keys the row would use if the first head's slope were taken off its scores. */
function biasedKeys(facts: Facts): number {
  const scores = facts.row("attn.hook_attn_scores").filter(Number.isFinite);
  return effectiveKeys(
    softmax(scores.map((score, key) => score - slope(facts, 0) * (facts.where.query - key))),
  );
}

export const chapter: Chapter = {
  group: "essays",
  rows: ["B4"],
  minutes: 4,
  steps: [
    { id: "short", figure: { ...row, view: "position" } },
    { id: "end", figure: { ...row, view: "lab", experiment: "extrapolate", switches: "scheme:learned" } },
    {
      id: "alibi",
      figure: {
        ...varied({ kind: "positions", scheme: "alibi" }),
        layer: 0,
        head: 0,
        view: "steps",
        step: "bias",
      },
    },
    {
      id: "predict",
      figure: { ...row, view: "steps", step: "mask" },
      revealed: { view: "lab", experiment: "extrapolate" },
    },
    {
      id: "window",
      figure: {
        ...varied({ kind: "mask", mask: { kind: "window", size: 4, causal: true } }),
        view: "steps",
        step: "softmax",
      },
    },
    { id: "try", figure: { ...row, view: "steps", step: "softmax" } },
    { id: "check", figure: { ...row, view: "position" } },
  ],
  predict: {
    kind: "choice",
    options: ["fewer", "alike", "more"],
    answer: (facts) => {
      const change = biasedKeys(facts) / measure(facts, "effectiveKeys");
      if (change > 0.98 && change < 1.02) return "alike";
      return change < 1 ? "fewer" : "more";
    },
  },
  change: {
    kind: "figure",
    figures: {
      own: { ...row, view: "steps", step: "softmax" },
      none: { ...varied({ kind: "positions", scheme: "none" }), view: "steps", step: "softmax" },
      rotary: { ...varied({ kind: "positions", scheme: "rotary" }), view: "steps", step: "softmax" },
      alibi: { ...varied({ kind: "positions", scheme: "alibi" }), view: "steps", step: "softmax" },
    },
  },
  check: { kind: "number", answer: bias, tolerance: 0.02 },
  numbers: {
    bias,
    biasedKeys,
    distance,
    context: ({ trace }) => trace.spec.context,
  },
  sources: [
    {
      by: "Press, Smith, Lewis",
      year: 2022,
      title: "Train Short, Test Long: Attention with Linear Biases Enables Input Length Extrapolation",
      url: "https://arxiv.org/abs/2108.12409",
    },
    {
      by: "Su et al.",
      year: 2021,
      title: "RoFormer: Enhanced Transformer with Rotary Position Embedding",
      url: "https://arxiv.org/abs/2104.09864",
    },
    {
      by: "Su Jianlin",
      year: 2023,
      title: "Transformer升级之路：7、长度外推性与局部注意力",
      url: "https://kexue.fm/archives/9431",
    },
  ],
};
