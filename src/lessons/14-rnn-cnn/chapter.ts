import type { Chapter } from "../chapter";
import type { Facts } from "../facts";
import { measure } from "../measures";

const row = {
  text: "The animal didn't cross the street because it was too tired.",
  look: ["it was", "animal"],
} as const;

const distance = ({ where }: Facts) => Math.abs(where.query - where.key);
const tokens = ({ trace }: Facts) => trace.tokens.length;
const width = (facts: Facts) => measure(facts, "dModel");
/** A causal convolution of width 3 reaches two tokens further back in each layer. */
const convolutions = (facts: Facts) => Math.ceil(distance(facts) / 2);

export const chapter: Chapter = {
  group: "mechanism",
  rows: ["E2"],
  minutes: 4,
  steps: [
    { id: "three", figure: { ...row, view: "lines", lineLayers: "head" } },
    {
      id: "predict",
      figure: { ...row, view: "steps", step: "embed" },
      revealed: { view: "lab", experiment: "paths" },
    },
    { id: "fade", figure: { ...row, view: "lab", experiment: "paths" } },
    { id: "walk", figure: { ...row, view: "lines", lineLayers: "head" } },
    { id: "cost", figure: { ...row, view: "atlas", metric: "flops" } },
    { id: "inside", figure: { ...row, view: "lab", experiment: "convolution" } },
    // Another pair: the answer for the first was given with the prediction.
    {
      id: "check",
      figure: { ...row, look: ["tired", "animal"], view: "lines", lineLayers: "head", lineUnits: "pieces" },
    },
  ],
  predict: { kind: "number", answer: distance, tolerance: 0.001 },
  change: { kind: "selection", of: "key" },
  check: { kind: "number", answer: convolutions, tolerance: 0.001 },
  numbers: {
    distance,
    convolutions,
    width,
    pairsWork: (facts) => tokens(facts) ** 2 * width(facts),
    chainWork: (facts) => tokens(facts) * width(facts) ** 2,
  },
  sources: [
    {
      by: "Elman",
      year: 1990,
      title: "Finding Structure in Time",
      url: "https://doi.org/10.1207/s15516709cog1402_1",
    },
    {
      by: "Hochreiter, Schmidhuber",
      year: 1997,
      title: "Long Short-Term Memory",
      url: "https://doi.org/10.1162/neco.1997.9.8.1735",
    },
    {
      by: "van den Oord et al.",
      year: 2016,
      title: "WaveNet: A Generative Model for Raw Audio",
      url: "https://arxiv.org/abs/1609.03499",
    },
    {
      by: "Vaswani et al.",
      year: 2017,
      title: "Attention Is All You Need",
      url: "https://arxiv.org/abs/1706.03762",
    },
    {
      by: "Cordonnier, Loukas, Jaggi",
      year: 2020,
      title: "On the Relationship between Self-Attention and Convolutional Layers",
      url: "https://arxiv.org/abs/1911.03584",
    },
    {
      by: "Gu, Dao",
      year: 2023,
      title: "Mamba: Linear-Time Sequence Modeling with Selective State Spaces",
      url: "https://arxiv.org/abs/2312.00752",
    },
  ],
};
