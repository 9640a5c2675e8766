import type { Chapter } from "../chapter";
import type { Facts } from "../facts";

const english = {
  model: "masked",
  text: "The hungry cat ate the small fish.",
  look: ["cat", "fish"],
} as const;
const chinese = { model: "masked", text: "我喜欢在图书馆看书。", look: ["图", "书"] } as const;

/** Words of the text, special tokens left out. */
function words({ trace }: Facts): number {
  return new Set(trace.tokens.flatMap(({ special, word }) => (special ? [] : [word]))).size;
}

const passes = (facts: Facts) => (words(facts) * (words(facts) + 1)) / 2;

export const chapter: Chapter = {
  group: "essays",
  rows: ["B9"],
  minutes: 4,
  steps: [
    { id: "hidden", figure: { ...english, view: "output", reading: "mask" } },
    { id: "impact", figure: { ...english, view: "lines", lineLayers: "head", lineHide: "special" } },
    {
      id: "predict",
      figure: { ...english, view: "lines", lineLayers: "head", lineHide: "special" },
      revealed: { view: "lab", experiment: "impact", ran: "impact" },
    },
    {
      id: "words",
      figure: { ...chinese, view: "lab", experiment: "impact", ran: "impact", switches: "unit:pieces" },
    },
    { id: "tree", figure: { ...english, view: "lab", experiment: "impact", ran: "impact" } },
    { id: "try", figure: { ...english, view: "lab", experiment: "impact", ran: "impact" } },
    { id: "check", figure: { ...english, view: "lines", lineLayers: "head", lineHide: "special" } },
  ],
  predict: { kind: "number", answer: passes, tolerance: 0.001 },
  change: {
    kind: "text",
    suggestions: ["The hungry cat ate the small fish.", "I love you.", "我喜欢在图书馆看书。"],
  },
  check: { kind: "number", answer: (facts) => words(facts) - 1, tolerance: 0.001 },
  numbers: { words, passes, arcs: (facts) => words(facts) - 1 },
  sources: [
    {
      by: "Wu et al.",
      year: 2020,
      title: "Perturbed Masking: Parameter-free Probing for Analyzing and Interpreting BERT",
      url: "https://arxiv.org/abs/2004.14786",
    },
    {
      by: "Devlin et al.",
      year: 2019,
      title: "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
      url: "https://arxiv.org/abs/1810.04805",
    },
    {
      by: "Su Jianlin",
      year: 2020,
      title: "无监督分词和句法分析！原来BERT还可以这样用",
      url: "https://kexue.fm/archives/7476",
    },
  ],
};
