import type { Chapter } from "../chapter";
import type { Facts } from "../facts";
import { measure } from "../measures";

const row = {
  text: "The animal didn't cross the street because it was too tired.",
  look: ["it was", "animal"],
} as const;
const atlas = { ...row, view: "atlas" } as const;

/** Weights of the attention and the MLP of one layer, biases left out: 4d² and 2·d·d_mlp. */
function perLayer(facts: Facts): number {
  const width = measure(facts, "dModel");
  return 4 * width ** 2 + 2 * width * measure(facts, "dMlp");
}

export const chapter: Chapter = {
  group: "mechanism",
  rows: ["C6"],
  minutes: 4,
  steps: [
    { id: "branches", figure: { ...atlas, member: "bert-large" } },
    { id: "encoders", figure: { ...atlas, member: "roberta-large" } },
    { id: "decoders", figure: { ...atlas, member: "gpt-3" } },
    {
      id: "predict",
      figure: { ...row, view: "block" },
      revealed: { ...atlas, metric: "parameters" },
    },
    { id: "long", figure: { ...atlas, member: "longformer", metric: "memory", length: "full" } },
    { id: "try", figure: { ...atlas, member: "bert-base" } },
    { id: "check", figure: { ...row, view: "block" } },
  ],
  predict: {
    kind: "choice",
    options: ["attention", "mlp"],
    answer: (facts) => {
      const width = measure(facts, "dModel");
      return 4 * width ** 2 > 2 * width * measure(facts, "dMlp") ? "attention" : "mlp";
    },
  },
  change: {
    kind: "figure",
    figures: {
      parameters: { ...atlas, member: "bert-base", metric: "parameters" },
      flops: { ...atlas, member: "bert-base", metric: "flops" },
      memory: { ...atlas, member: "bert-base", metric: "memory" },
    },
  },
  check: { kind: "number", answer: perLayer, tolerance: 0.01 },
  numbers: {
    perLayer,
    ofAttention: (facts) => 4 * measure(facts, "dModel") ** 2,
    ofMlp: (facts) => 2 * measure(facts, "dModel") * measure(facts, "dMlp"),
    width: (facts) => measure(facts, "dModel"),
    inner: (facts) => measure(facts, "dMlp"),
  },
  sources: [
    {
      by: "Devlin et al.",
      year: 2019,
      title: "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
      url: "https://arxiv.org/abs/1810.04805",
    },
    {
      by: "Liu et al.",
      year: 2019,
      title: "RoBERTa: A Robustly Optimized BERT Pretraining Approach",
      url: "https://arxiv.org/abs/1907.11692",
    },
    {
      by: "Lan et al.",
      year: 2020,
      title: "ALBERT: A Lite BERT for Self-supervised Learning of Language Representations",
      url: "https://arxiv.org/abs/1909.11942",
    },
    {
      by: "Sanh et al.",
      year: 2019,
      title: "DistilBERT, a distilled version of BERT",
      url: "https://arxiv.org/abs/1910.01108",
    },
    {
      by: "Brown et al.",
      year: 2020,
      title: "Language Models are Few-Shot Learners",
      url: "https://arxiv.org/abs/2005.14165",
    },
    {
      by: "Raffel et al.",
      year: 2020,
      title: "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer",
      url: "https://arxiv.org/abs/1910.10683",
    },
    {
      by: "Dosovitskiy et al.",
      year: 2021,
      title: "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale",
      url: "https://arxiv.org/abs/2010.11929",
    },
    { by: "OpenAI", year: 2023, title: "GPT-4 Technical Report", url: "https://arxiv.org/abs/2303.08774" },
  ],
};
