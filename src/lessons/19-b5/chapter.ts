import { rowNoise } from "../../analysis/experiments/rowNoise";
import { softmax } from "../../analysis/softmaxJacobian";
import type { Chapter } from "../chapter";
import type { Facts } from "../facts";

const row = {
  text: "The animal didn't cross the street because it was too tired.",
  look: ["tired", "animal"],
} as const;

/** What noise on this row of scores does to what the query takes home: 200 seeded draws. */
function shaken(facts: Facts, sigma: number) {
  const scores = facts.row("attn.hook_attn_scores");
  const width = facts.row("attn.hook_v", { query: 0 }).length;
  const values = new Float32Array(scores.length * width);
  for (let key = 0; key < scores.length; key++) {
    values.set(facts.row("attn.hook_v", { query: key }), key * width);
  }
  return rowNoise({ scores, values, sigma, draws: 200, seed: 1 });
}

/** The largest change of a share when 3 is added to every score of the row. */
function afterShift(facts: Facts): number {
  const scores = facts.row("attn.hook_attn_scores");
  const before = softmax(scores);
  return softmax(scores.map((score) => score + 3)).reduce(
    (most, share, key) => Math.max(most, Math.abs(share - (before[key] ?? 0))),
    0,
  );
}

export const chapter: Chapter = {
  group: "essays",
  rows: ["B5"],
  minutes: 4,
  steps: [
    { id: "inexact", figure: { ...row, view: "steps", step: "softmax" } },
    { id: "cancel", figure: { ...row, view: "neuron" } },
    {
      id: "predict",
      figure: { ...row, view: "steps", step: "mask" },
      revealed: { view: "lab", experiment: "noise" },
    },
    { id: "why", figure: { ...row, view: "lab", experiment: "noise", switches: "sigma:1" } },
    { id: "turn", figure: { ...row, view: "steps", step: "softmax" } },
    { id: "check", figure: { ...row, view: "steps", step: "mask" } },
  ],
  predict: {
    kind: "choice",
    options: ["less", "alike", "more"],
    answer: (facts) => {
      const { share, mix } = shaken(facts, 0.5);
      const ratio = mix.mean / share.mean;
      if (ratio > 0.9 && ratio < 1.1) return "alike";
      return ratio < 1 ? "less" : "more";
    },
  },
  change: {
    kind: "edit",
    min: 0,
    max: 3,
    step: 0.25,
    rest: 0,
    edits: (sigma, { where }) => [
      {
        kind: "noise",
        site: `${where.stack}.${where.layer}.${where.attention}.step_scaled`,
        sigma,
        seed: 1,
        at: { head: where.head },
      },
    ],
  },
  check: {
    kind: "choice",
    options: ["shrink", "nothing", "sharper"],
    answer: (facts) => (afterShift(facts) < 1e-4 ? "nothing" : "shrink"),
  },
  numbers: {
    movedShare: (facts) => shaken(facts, 0.5).share.mean,
    movedMix: (facts) => shaken(facts, 0.5).mix.mean,
    bias: (facts) => shaken(facts, 0.5).bias,
    afterShift,
    squares: (facts) => facts.row("attn.hook_pattern").reduce((sum, share) => sum + share * share, 0),
  },
  sources: [
    {
      by: "Bridle",
      year: 1990,
      title: "Probabilistic Interpretation of Feedforward Classification Network Outputs",
      url: "https://doi.org/10.1007/978-3-642-76153-9_28",
    },
    {
      by: "Dettmers et al.",
      year: 2022,
      title: "LLM.int8(): 8-bit Matrix Multiplication for Transformers at Scale",
      url: "https://arxiv.org/abs/2208.07339",
    },
  ],
};
