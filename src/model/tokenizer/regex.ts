import { SplitPreTokenizer } from "@huggingface/tokenizers";
import { failure } from "../errors";
import type { Json } from "../json";

/** A pattern of tokenizer.json, {"String": …} or {"Regex": …} in Oniguruma's syntax, as a JavaScript expression (g, u). */
export function patternOf(pattern: Json | undefined): RegExp {
  if (typeof pattern === "object" && pattern !== null && !Array.isArray(pattern)) {
    const { String: text, Regex: source } = pattern as { String?: Json; Regex?: Json };
    if (typeof text === "string") return new RegExp(escaped(text), "gu");
    if (typeof source === "string") {
      const config = { type: "Split", pattern: { Regex: source }, behavior: "Isolated", invert: true };
      const compiled = compile(config as ConstructorParameters<typeof SplitPreTokenizer>[0]);
      if (compiled !== null) return compiled;
    }
  }
  throw failure("badTokenizer", { reason: `unknown pattern ${JSON.stringify(pattern)}` });
}

function compile(config: ConstructorParameters<typeof SplitPreTokenizer>[0]): RegExp | null {
  try {
    return new SplitPreTokenizer(config).pattern;
  } catch (error) {
    throw failure("badTokenizer", { reason: error instanceof Error ? error.message : String(error) });
  }
}

/** Text as a pattern that matches only itself. */
export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
