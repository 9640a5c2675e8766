import type app from "./messages/en/app.json";
import type atlas from "./messages/en/atlas.json";
import type block from "./messages/en/block.json";
import type card from "./messages/en/card.json";
import type cell from "./messages/en/cell.json";
import type compare from "./messages/en/compare.json";
import type decode from "./messages/en/decode.json";
import type digits from "./messages/en/digits.json";
import type embed from "./messages/en/embed.json";
import type errors from "./messages/en/errors.json";
import type exported from "./messages/en/export.json";
import type heads from "./messages/en/heads.json";
import type lab from "./messages/en/lab.json";
import type lessons from "./messages/en/lessons.json";
import type lines from "./messages/en/lines.json";
import type neuron from "./messages/en/neuron.json";
import type norm from "./messages/en/norm.json";
import type open from "./messages/en/open.json";
import type output from "./messages/en/output.json";
import type position from "./messages/en/position.json";
import type prompt from "./messages/en/prompt.json";
import type readings from "./messages/en/readings.json";
import type share from "./messages/en/share.json";
import type steps from "./messages/en/steps.json";
import type terms from "./messages/en/terms.json";
import type training from "./messages/en/training.json";

/** The message files of `messages/{language}/`, one pair per view area. A new area is one line here. */
interface Areas {
  app: typeof app;
  atlas: typeof atlas;
  block: typeof block;
  card: typeof card;
  cell: typeof cell;
  compare: typeof compare;
  decode: typeof decode;
  digits: typeof digits;
  embed: typeof embed;
  errors: typeof errors;
  export: typeof exported;
  heads: typeof heads;
  lab: typeof lab;
  lessons: typeof lessons;
  lines: typeof lines;
  neuron: typeof neuron;
  norm: typeof norm;
  open: typeof open;
  output: typeof output;
  position: typeof position;
  prompt: typeof prompt;
  readings: typeof readings;
  share: typeof share;
  steps: typeof steps;
  terms: typeof terms;
  training: typeof training;
}

/** Every message key: the area, a dot, the key inside its file. */
export type MessageKey = { [A in keyof Areas]: `${A}.${keyof Areas[A] & string}` }[keyof Areas];
