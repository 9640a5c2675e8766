import { softmax } from "../../analysis/softmaxJacobian";
import type { Chapter } from "../chapter";
import type { Facts } from "../facts";
import { measure } from "../measures";

const text =
  "The restaurant refused to serve me a ham sandwich because it only cooks vegetarian food. In the end, they just gave me two slices of bread. Their ambiance was just as good as the food and service.";
const row = { text, model: "masked", look: ["it only", "restaurant"] } as const;

/** The words of the source's example and the width that it gives each of them. */
const WORDS = 37;
const WIDTH = 1024;
const inputs = () => WORDS * WIDTH;

const share = (word: string) => (facts: Facts) => facts.number("attn.hook_pattern", { key: word });
/** The largest share of the row if its scores had not been divided by √d. */
function undivided(facts: Facts): number {
  const scores = facts.row("attn.hook_attn_scores").filter(Number.isFinite);
  return Math.max(...softmax(scores.map((score) => score * measure(facts, "rootDHead"))));
}

/** What the shares of one column of the untransposed pattern add up to: what a token receives from all others. */
function received(facts: Facts): number {
  let sum = 0;
  for (let query = 0; query < facts.trace.tokens.length; query++) {
    sum += facts.number("attn.hook_pattern", { query });
  }
  return sum;
}

export const chapter: Chapter = {
  group: "mechanism",
  rows: ["D1", "D2", "D3", "D5", "D6"],
  minutes: 4,
  steps: [
    { id: "sandwich", figure: { ...row, view: "lines", lineLayers: "head" } },
    { id: "dense", figure: { ...row, view: "steps", step: "embed" } },
    { id: "shared", figure: { ...row, view: "steps", step: "qkv" } },
    {
      id: "predict",
      figure: { ...row, view: "steps", step: "qkv" },
      revealed: { step: "softmax" },
    },
    { id: "columns", figure: { ...row, view: "steps", step: "softmax", transpose: true } },
    // The other model: this one’s head is so sure that a division hardly shows.
    { id: "scale", figure: { text, look: row.look, view: "lab", experiment: "scale" } },
    { id: "heads", figure: { ...row, view: "heads" } },
    { id: "check", figure: { ...row, view: "steps", step: "softmax" } },
  ],
  predict: {
    kind: "choice",
    options: ["restaurant", "sandwich", "neither"],
    answer: (facts) => {
      const restaurant = share("restaurant")(facts);
      const sandwich = share("sandwich")(facts);
      if (Math.max(restaurant, sandwich) < 0.1) return "neither";
      return restaurant > sandwich ? "restaurant" : "sandwich";
    },
  },
  change: { kind: "selection", of: "head" },
  check: {
    kind: "number",
    answer: (facts) => facts.row("attn.hook_pattern").reduce((sum, each) => sum + each, 0),
    tolerance: 0.01,
  },
  numbers: {
    inputs,
    full: () => inputs() ** 2,
    shared: () => 3 * WIDTH ** 2,
    restaurant: share("restaurant"),
    sandwich: share("sandwich"),
    undivided,
    received,
    width: (facts) => measure(facts, "dModel"),
  },
  sources: [
    {
      by: "Prince",
      year: 2023,
      title: "Understanding Deep Learning, chapter 12",
      url: "https://udlbook.github.io/udlbook/",
    },
    {
      by: "Vaswani et al.",
      year: 2017,
      title: "Attention Is All You Need",
      url: "https://arxiv.org/abs/1706.03762",
    },
  ],
};
