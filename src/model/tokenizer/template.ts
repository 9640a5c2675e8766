import { failure } from "../errors";
import type { Json, JsonObject } from "../json";
import { type Step, stepOf, stepsOf } from "./step";

/** One place of a template: a special token, or one of the two typed sequences. */
export type Slot =
  | { readonly kind: "special"; readonly id: number; readonly type: number }
  | { readonly kind: "sequence"; readonly which: 0 | 1; readonly type: number };

/** What a model wants around one text, and around a pair. */
export interface Template {
  readonly single: readonly Slot[];
  readonly pair: readonly Slot[];
}

const sequence = (which: 0 | 1, type: number): Slot => ({ kind: "sequence", which, type });

const PLAIN: Template = { single: [sequence(0, 0)], pair: [sequence(0, 0), sequence(1, 1)] };

/** The template of tokenizer.json's post-processor. Fails with badTokenizer. */
export function readTemplate(json: Json | undefined): Template {
  const step = stepOf(json, "post-processor");
  return step === null ? PLAIN : templateOf(step);
}

function templateOf(step: Step): Template {
  switch (step.type) {
    case "ByteLevel":
      return PLAIN;
    case "Sequence": {
      const templates = stepsOf(step.processors, "post-processor").map(templateOf);
      return templates.find((template) => template !== PLAIN) ?? PLAIN;
    }
    case "BertProcessing": {
      const [cls, sep] = [idOf(step.cls), idOf(step.sep)];
      const single = [special(cls, 0), sequence(0, 0), special(sep, 0)];
      return { single, pair: [...single, sequence(1, 1), special(sep, 1)] };
    }
    case "RobertaProcessing": {
      const [cls, sep] = [idOf(step.cls), idOf(step.sep)];
      const single = [special(cls, 0), sequence(0, 0), special(sep, 0)];
      return { single, pair: [...single, special(sep, 0), sequence(1, 0), special(sep, 0)] };
    }
    case "TemplateProcessing":
      return { single: slots(step.single, step.special_tokens), pair: slots(step.pair, step.special_tokens) };
    default:
      throw failure("badTokenizer", { reason: `the post-processor ${step.type} is not supported` });
  }
}

function special(id: number, type: number): Slot {
  return { kind: "special", id, type };
}

/** The id of a [token, id] pair. */
function idOf(json: Json | undefined): number {
  const id = Array.isArray(json) ? json[1] : undefined;
  if (typeof id !== "number")
    throw failure("badTokenizer", { reason: "a special token of the template has no id" });
  return id;
}

function slots(json: Json | undefined, specials: Json | undefined): readonly Slot[] {
  if (!Array.isArray(json)) throw failure("badTokenizer", { reason: "the template is not a list" });
  const table = (specials ?? {}) as JsonObject;
  return json.flatMap((item) => {
    const { SpecialToken: token, Sequence: text } = item as {
      SpecialToken?: JsonObject;
      Sequence?: JsonObject;
    };
    if (text !== undefined) return [sequence(text.id === "B" ? 1 : 0, Number(text.type_id ?? 0))];
    const entry = table[String(token?.id)] as JsonObject | undefined;
    const ids = entry?.ids;
    if (!Array.isArray(ids)) {
      throw failure("badTokenizer", {
        reason: `the template names ${JSON.stringify(token?.id)}, which has no id`,
      });
    }
    return ids.map((id) => special(Number(id), Number(token?.type_id ?? 0)));
  });
}
