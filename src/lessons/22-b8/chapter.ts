import type { MaskSpec } from "../../engine/spec";
import type { Chapter, Figure } from "../chapter";
import type { Facts } from "../facts";

const row = {
  text: "The animal didn't cross the street because it was too tired.",
  look: ["tired", "animal"],
  view: "steps",
  step: "mask",
} as const;

/** The figure with another mask on all of its attentions. */
const masked = (mask: MaskSpec): Figure => ({
  ...row,
  variant: JSON.stringify([{ kind: "mask", mask }]),
});

const SIZE = 4;
const STEP = 3;
const window = masked({ kind: "window", size: SIZE, causal: true });
const atrous = masked({ kind: "dilated", step: STEP, causal: true });
const union = masked({ kind: "strided", size: SIZE, step: STEP, causal: true });

const tokens = ({ trace }: Facts) => trace.tokens.length;
const all = (facts: Facts) => (tokens(facts) * (tokens(facts) + 1)) / 2;

/** Pairs of one head whose score is really computed: those that the mask lets stand. */
function pairs(facts: Facts): number {
  let count = 0;
  for (let query = 0; query < tokens(facts); query++) {
    count += facts.row("attn.hook_attn_scores", { query }).filter(Number.isFinite).length;
  }
  return count;
}

/** Σ over the queries of min(i + 1, size): what a causal window lets stand. */
const inWindow = (facts: Facts) =>
  Array.from({ length: tokens(facts) }, (_, query) => Math.min(query + 1, SIZE)).reduce((a, b) => a + b, 0);

export const chapter: Chapter = {
  group: "essays",
  rows: ["B8"],
  minutes: 4,
  steps: [
    { id: "bill", figure: row },
    { id: "local", figure: { ...row }, revealed: window },
    { id: "atrous", figure: atrous },
    { id: "union", figure: union },
    { id: "gallery", figure: window },
    { id: "memory", figure: { ...row, view: "lab", experiment: "recurrence" } },
    { id: "check", figure: { ...row } },
  ],
  predict: { kind: "number", answer: inWindow, tolerance: 0.001 },
  change: {
    kind: "figure",
    figures: {
      window,
      block: masked({ kind: "block", size: SIZE, causal: true }),
      longformer: masked({ kind: "longformer", size: SIZE, globals: 1, causal: true }),
      bigbird: masked({ kind: "bigbird", size: SIZE, globals: 1, random: 2, seed: 1, causal: true }),
    },
  },
  check: {
    kind: "number",
    answer: (facts) => Math.floor((tokens(facts) - 1) / STEP) + 1,
    tolerance: 0.001,
  },
  numbers: {
    all,
    pairs,
    inWindow,
    share: (facts) => pairs(facts) / all(facts),
    lastRow: (facts) => Math.floor((tokens(facts) - 1) / STEP) + 1,
  },
  sources: [
    {
      by: "Child et al.",
      year: 2019,
      title: "Generating Long Sequences with Sparse Transformers",
      url: "https://arxiv.org/abs/1904.10509",
    },
    {
      by: "Beltagy, Peters, Cohan",
      year: 2020,
      title: "Longformer: The Long-Document Transformer",
      url: "https://arxiv.org/abs/2004.05150",
    },
    {
      by: "Zaheer et al.",
      year: 2020,
      title: "Big Bird: Transformers for Longer Sequences",
      url: "https://arxiv.org/abs/2007.14062",
    },
    {
      by: "Dai et al.",
      year: 2019,
      title: "Transformer-XL: Attentive Language Models Beyond a Fixed-Length Context",
      url: "https://arxiv.org/abs/1901.02860",
    },
  ],
};
