import type { Chapter } from "../chapter";
import type { Facts } from "../facts";
import { measure } from "../measures";

const row = {
  text: "The animal didn't cross the street because it was too tired.",
  look: ["it was", "animal"],
} as const;

/** The token after the one that asks: the first that the mask hides. */
const next = ({ where }: Facts) => where.query + 1;
const largest = (facts: Facts) => measure(facts, "largestShare");
const slope = (facts: Facts) => largest(facts) * (1 - largest(facts));

/** What each head of the layer leaves for the token that asks. */
function ownShares(facts: Facts): number[] {
  return Array.from({ length: measure(facts, "heads") }, (_, head) =>
    facts.number("attn.hook_pattern", { head, key: facts.where.query }),
  );
}

export const chapter: Chapter = {
  group: "exam",
  rows: ["E3", "E4", "E5", "E6", "E7"],
  minutes: 5,
  steps: [
    {
      id: "variance",
      figure: { ...row, view: "steps", step: "qkv" },
      revealed: { view: "lab", experiment: "variance", switches: "d:32" },
    },
    { id: "thousand", figure: { ...row, view: "steps", step: "mask" } },
    { id: "saturated", figure: { ...row, view: "lab", experiment: "jacobian" } },
    { id: "hidden", figure: { ...row, view: "steps", step: "mask" } },
    { id: "leak", figure: { ...row, view: "steps", step: "softmax" } },
    { id: "additive", figure: { ...row, view: "neuron" } },
    { id: "own", figure: { ...row, view: "heads" } },
    { id: "check", figure: { ...row, view: "steps", step: "softmax" } },
  ],
  predict: { kind: "number", answer: (facts) => measure(facts, "dHead"), tolerance: 0.02 },
  change: {
    kind: "edit",
    min: -12,
    max: 0,
    step: 1,
    rest: -12,
    edits: (value, facts) => [
      {
        kind: "set",
        site: `${facts.where.stack}.${facts.where.layer}.${facts.where.attention}.hook_attn_scores`,
        value,
        at: { head: facts.where.head, query: facts.where.query, key: next(facts) },
      },
    ],
  },
  check: { kind: "number", answer: slope, tolerance: 0.03 },
  numbers: {
    slope,
    leaked: (facts) => facts.number("attn.hook_pattern", { key: next(facts) }),
    meanOwn: (facts) => ownShares(facts).reduce((sum, share, _, all) => sum + share / all.length, 0),
    mostOwn: (facts) => Math.max(...ownShares(facts)),
  },
  tokens: { next },
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
      by: "Luong, Pham, Manning",
      year: 2015,
      title: "Effective Approaches to Attention-based Neural Machine Translation",
      url: "https://arxiv.org/abs/1508.04025",
    },
    {
      by: "Michel, Levy, Neubig",
      year: 2019,
      title: "Are Sixteen Heads Really Better than One?",
      url: "https://arxiv.org/abs/1905.10650",
    },
  ],
};
