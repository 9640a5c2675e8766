import { effectiveKeys } from "../../analysis/heads/entropy";
import { softmax } from "../../analysis/softmaxJacobian";
import type { Chapter } from "../chapter";
import type { Facts } from "../facts";
import { measure } from "../measures";

const row = {
  text: "The animal didn't cross the street because it was too tired.",
  look: ["tired", "animal"],
} as const;

/** How many keys the row would use if its scores were `factor` times what they are. */
function keysAt(facts: Facts, factor: number): number {
  const scores = facts.row("attn.hook_attn_scores").filter(Number.isFinite);
  return effectiveKeys(softmax(scores.map((score) => score * factor)));
}

const keys = (facts: Facts) => keysAt(facts, 1);
const root = (facts: Facts) => measure(facts, "rootDHead");
const undivided = (facts: Facts) => keysAt(facts, root(facts));
const twice = (facts: Facts) => keysAt(facts, 1 / root(facts));

export const chapter: Chapter = {
  group: "essays",
  rows: ["B6"],
  minutes: 4,
  steps: [
    { id: "spread", figure: { ...row, view: "steps", step: "softmax" } },
    { id: "sums", figure: { ...row, view: "lab", experiment: "variance" } },
    {
      id: "predict",
      figure: { ...row, view: "steps", step: "scale" },
      revealed: { view: "lab", experiment: "scale" },
    },
    { id: "law", figure: { ...row, view: "lab", experiment: "scale", switches: "power:1" } },
    { id: "turn", figure: { ...row, view: "steps", step: "softmax" } },
    { id: "trained", figure: { ...row, view: "heads" } },
    { id: "check", figure: { ...row, view: "steps", step: "scale" } },
  ],
  predict: {
    kind: "choice",
    options: ["more", "same", "fewer"],
    answer: (facts) => {
      const change = undivided(facts) / keys(facts);
      if (change > 0.98 && change < 1.02) return "same";
      return change < 1 ? "fewer" : "more";
    },
  },
  change: {
    kind: "edit",
    min: 0,
    max: 8,
    step: 0.25,
    rest: 1,
    edits: (factor, { where }) => [
      { kind: "scale", site: `${where.stack}.${where.layer}.${where.attention}.step_scaled`, factor },
    ],
  },
  check: { kind: "number", answer: (facts) => 2 * root(facts), tolerance: 0.02 },
  numbers: {
    seen: (facts) => facts.row("attn.hook_pattern").filter((share) => share > 0).length,
    undivided,
    undividedShare: (facts) => {
      const scores = facts.row("attn.hook_attn_scores").filter(Number.isFinite);
      return Math.max(...softmax(scores.map((score) => score * root(facts))));
    },
    twice,
    fourfold: (facts) => 4 * measure(facts, "dHead"),
    rootOfFourfold: (facts) => 2 * root(facts),
  },
  sources: [
    {
      by: "Vaswani et al.",
      year: 2017,
      title: "Attention Is All You Need",
      url: "https://arxiv.org/abs/1706.03762",
    },
    {
      by: "Su Jianlin",
      year: 2021,
      title: "从熵不变性看 Attention 的 Scale 操作",
      url: "https://kexue.fm/archives/8823",
    },
    {
      by: "Chiang, Cholak",
      year: 2022,
      title: "Overcoming a Theoretical Limitation of Self-Attention",
      url: "https://arxiv.org/abs/2202.12172",
    },
  ],
};
