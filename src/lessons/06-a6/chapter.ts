import { rollout } from "../../analysis/aggregate/rollout";
import type { Tensor } from "../../engine/tensor";
import type { Chapter } from "../chapter";
import type { Facts } from "../facts";
import { measure } from "../measures";

const row = {
  text: "The animal didn't cross the street because it was too tired.",
  look: ["tired", "animal"],
} as const;

/** Not finished, so that there is a next word to guess. */
const begun = {
  text: "The animal didn't cross the street because it was too",
  look: ["too", "animal"],
} as const;

const layers = (facts: Facts) => measure(facts, "layers");

/** How much of each token is in the looked one after all layers, if attention mixed and the residual stream kept one half. */
function reach(facts: Facts): Float32Array {
  const patterns = Array.from({ length: layers(facts) }, (_, layer) =>
    facts.tensor("attn.hook_pattern", { layer }),
  ).filter((tensor): tensor is Tensor => tensor !== null);
  const last = rollout(patterns).at(-1);
  const width = last?.shape.at(-1) ?? 0;
  const { query } = facts.where;
  return last?.data.slice(query * width, (query + 1) * width) ?? new Float32Array();
}

const own = (facts: Facts) => reach(facts)[facts.where.query] ?? Number.NaN;
/** What the residual stream alone would keep of a token after all layers. */
const halves = (facts: Facts) => 2 ** -layers(facts);

export const chapter: Chapter = {
  group: "questions",
  rows: ["A6"],
  minutes: 4,
  steps: [
    { id: "pairs", figure: { ...row, view: "lines", lineLayers: "head" } },
    { id: "grow", figure: { ...row, view: "lab", experiment: "reach", switches: "layers:4" } },
    {
      id: "predict",
      figure: { ...row, view: "steps", step: "embed" },
      revealed: { view: "lab", experiment: "reach", switches: "layers:4" },
    },
    { id: "lens", figure: { ...begun, view: "output", reading: "lens" } },
    { id: "walk", figure: { ...row, view: "lines", lineLayers: "head" } },
    { id: "flow", figure: { ...row, view: "compare", way: "rollout", wayB: "flow" } },
    { id: "check", figure: { ...row, view: "lines", lineLayers: "head" } },
  ],
  predict: {
    kind: "choice",
    options: ["itself", "others"],
    answer: (facts) => (own(facts) > 0.5 ? "itself" : "others"),
  },
  change: { kind: "selection", of: "layer" },
  check: { kind: "number", answer: halves, tolerance: 0.01 },
  numbers: {
    own,
    halves,
    rest: (facts) => 1 - own(facts),
    ofKey: (facts) => reach(facts)[facts.where.key] ?? Number.NaN,
  },
  sources: [
    {
      by: "Abnar, Zuidema",
      year: 2020,
      title: "Quantifying Attention Flow in Transformers",
      url: "https://arxiv.org/abs/2005.00928",
    },
    {
      by: "Tenney, Das, Pavlick",
      year: 2019,
      title: "BERT Rediscovers the Classical NLP Pipeline",
      url: "https://arxiv.org/abs/1905.05950",
    },
    {
      by: "Veit, Wilber, Belongie",
      year: 2016,
      title: "Residual Networks Behave Like Ensembles of Relatively Shallow Networks",
      url: "https://arxiv.org/abs/1605.06431",
    },
    {
      by: "Jain, Wallace",
      year: 2019,
      title: "Attention is not Explanation",
      url: "https://arxiv.org/abs/1902.10186",
    },
  ],
};
