import { effectiveKeys } from "../../analysis/heads/entropy";
import { eluPlusOne } from "../../analysis/linearPattern";
import { dotOf } from "../../analysis/matrix";
import type { Chapter } from "../chapter";
import type { Facts } from "../facts";

const row = {
  text: "The animal didn't cross the street because it was too tired.",
  look: ["tired", "animal"],
} as const;

/** The row of linear attention on the figure's own queries and keys. */
function linearRow(facts: Facts): number[] {
  const query = eluPlusOne(facts.row("attn.hook_q", { query: facts.where.query }));
  const seen = facts.row("attn.hook_pattern").map((share) => (share > 0 ? 1 : 0));
  const products = Array.from(seen, (visible, key) =>
    visible === 0 ? 0 : dotOf(query, eluPlusOne(facts.row("attn.hook_k", { query: key }))),
  );
  const sum = products.reduce((total, product) => total + product, 0);
  return products.map((product) => product / sum);
}

export const chapter: Chapter = {
  group: "essays",
  rows: ["B7"],
  minutes: 4,
  steps: [
    { id: "cost", figure: { ...row, view: "atlas", metric: "flops" } },
    { id: "linear", figure: { ...row, view: "steps", step: "dot" } },
    {
      id: "predict",
      figure: { ...row, view: "neuron" },
      revealed: { view: "lab", experiment: "concentrate" },
    },
    {
      id: "features",
      figure: { ...row, view: "lab", experiment: "concentrate", switches: "feature:performer" },
    },
    { id: "rank", figure: { ...row, view: "lab", experiment: "concentrate", switches: "direction:both" } },
    { id: "turn", figure: { ...row, view: "steps", step: "softmax" } },
    { id: "check", figure: { ...row, view: "lab", experiment: "concentrate" } },
  ],
  predict: {
    kind: "choice",
    options: ["narrower", "alike", "wider"],
    answer: (facts) => {
      const ratio = effectiveKeys(linearRow(facts)) / effectiveKeys(facts.row("attn.hook_pattern"));
      if (ratio > 0.95 && ratio < 1.05) return "alike";
      return ratio < 1 ? "narrower" : "wider";
    },
  },
  change: { kind: "selection", of: "head" },
  check: {
    kind: "choice",
    options: ["low", "full", "unknown"],
    // A causal pattern is triangular: its rank is full where nothing on its diagonal is 0.
    answer: (facts) => {
      const size = facts.row("attn.hook_pattern").length;
      const own = Array.from({ length: size }, (_, at) =>
        facts.number("attn.hook_pattern", { query: at, key: at }),
      );
      return own.every((share) => share > 0) ? "full" : "unknown";
    },
  },
  numbers: {
    linearKeys: (facts) => effectiveKeys(linearRow(facts)),
    linearShare: (facts) => Math.max(...linearRow(facts)),
    smallestOwn: (facts) => {
      const size = facts.row("attn.hook_pattern").length;
      return Math.min(
        ...Array.from({ length: size }, (_, at) => facts.number("attn.hook_pattern", { query: at, key: at })),
      );
    },
  },
  sources: [
    {
      by: "Katharopoulos et al.",
      year: 2020,
      title: "Transformers are RNNs: Fast Autoregressive Transformers with Linear Attention",
      url: "https://arxiv.org/abs/2006.16236",
    },
    {
      by: "Choromanski et al.",
      year: 2021,
      title: "Rethinking Attention with Performers",
      url: "https://arxiv.org/abs/2009.14794",
    },
    {
      by: "Su Jianlin",
      year: 2023,
      title: "注意力机制真的可以“集中注意力”吗？",
      url: "https://kexue.fm/archives/9889",
    },
  ],
};
