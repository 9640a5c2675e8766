import { failure } from "../errors";
import type { Json, JsonObject } from "../json";

/** One component of tokenizer.json: its type and its settings. */
export type Step = JsonObject & { readonly type: string };

/** A component, or null where there is none. Fails with badTokenizer. */
export function stepOf(json: Json | undefined, what: string): Step | null {
  if (json === null || json === undefined) return null;
  if (typeof json === "object" && !Array.isArray(json)) {
    const step = json as JsonObject;
    if (typeof step.type === "string") return step as Step;
  }
  throw failure("badTokenizer", { reason: `the ${what} has no type` });
}

/** The components of a sequence. */
export function stepsOf(json: Json | undefined, what: string): readonly Step[] {
  if (!Array.isArray(json)) throw failure("badTokenizer", { reason: `the ${what} sequence has no list` });
  return json.flatMap((item) => stepOf(item, what) ?? []);
}

/** A setting that is a string, with its default. */
export function textOf(value: Json | undefined, fallback: string): string {
  return typeof value === "string" ? value : fallback;
}
