import { softmax } from "../../analysis/softmaxJacobian";
import type { Chapter } from "../chapter";
import type { Facts } from "../facts";

const text = "The king said to his";
const row = { text, look: ["his", "king"] } as const;

/** The model's distribution over what comes after the text. */
function next({ trace, tensor }: Facts, temperature: number): Float64Array {
  const logits = tensor("logits");
  const width = logits?.shape.at(-1) ?? 1;
  const rows = (logits?.data.length ?? 0) / width;
  const last = Math.min(trace.tokens.length, rows) - 1;
  return softmax(logits?.data.subarray(last * width, (last + 1) * width) ?? [], temperature);
}

function ranked(facts: Facts, temperature: number): number[] {
  return [...next(facts, temperature)].sort((a, b) => b - a);
}

const first = (facts: Facts) => ranked(facts, 1)[0] ?? 0;
const second = (facts: Facts) => ranked(facts, 1)[1] ?? 0;
const ratio = (facts: Facts) => first(facts) / second(facts);
/** Against the last of the ten that the figure lists: far enough from 1 that its square is another number. */
const lead = (facts: Facts) => first(facts) / (ranked(facts, 1)[9] ?? Number.NaN);

export const chapter: Chapter = {
  group: "questions",
  rows: ["A4"],
  minutes: 4,
  steps: [
    { id: "list", figure: { ...row, view: "output" } },
    { id: "greedy", figure: { ...row, view: "decode", strategy: "greedy", written: true } },
    {
      id: "predict",
      figure: { ...row, view: "steps", step: "embed" },
      revealed: { view: "output", temperature: 0.5 },
    },
    { id: "cut", figure: { ...row, view: "decode", strategy: "sample", written: true } },
    { id: "beam", figure: { ...row, view: "decode", strategy: "beam", maxTokens: 4, written: true } },
    { id: "try", figure: { ...row, view: "output" } },
    { id: "check", figure: { ...row, view: "output" } },
  ],
  predict: {
    kind: "choice",
    options: ["down", "same", "up"],
    answer: (facts) => {
      const cold = ranked(facts, 0.5)[0] ?? 0;
      if (Math.abs(cold - first(facts)) < 1e-3) return "same";
      return cold > first(facts) ? "up" : "down";
    },
  },
  change: {
    kind: "text",
    suggestions: [text, "Once upon a time there was a", "I don't know what"],
  },
  check: { kind: "number", answer: (facts) => lead(facts) ** 2, tolerance: 0.05 },
  numbers: {
    first,
    second,
    ratio,
    lead,
    squared: (facts) => lead(facts) ** 2,
    cold: (facts) => ranked(facts, 0.5)[0] ?? Number.NaN,
    hot: (facts) => ranked(facts, 2)[0] ?? Number.NaN,
  },
  sources: [
    {
      by: "Holtzman et al.",
      year: 2020,
      title: "The Curious Case of Neural Text Degeneration",
      url: "https://arxiv.org/abs/1904.09751",
    },
    {
      by: "Fan, Lewis, Dauphin",
      year: 2018,
      title: "Hierarchical Neural Story Generation",
      url: "https://arxiv.org/abs/1805.04833",
    },
    {
      by: "Sutskever, Vinyals, Le",
      year: 2014,
      title: "Sequence to Sequence Learning with Neural Networks",
      url: "https://arxiv.org/abs/1409.3215",
    },
  ],
};
