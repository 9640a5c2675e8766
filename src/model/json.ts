import { failure } from "./errors";

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

/** JSON.parse that fails with `badJson` and the line of the mistake. */
export function parseJson(text: string, file: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw failure("badJson", { file, line: lineOfMistake(text, reason), reason: plain(reason) });
  }
}

/** parseJson for a file whose whole content must be an object. */
export function parseJsonObject(text: string, file: string): JsonObject {
  const value = parseJson(text, file);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw failure("badJson", { file, line: 1, reason: "an object is expected" });
  }
  return value as JsonObject;
}

/** The engine's own words without its position, which the line says better, and without a copy of the text. */
function plain(reason: string): string {
  return reason
    .replace(/,? ?(?:\.\.\.)?"[\s\S]*" is not valid JSON$/, "")
    .replace(/ in JSON at position [\s\S]*$/, "");
}

function lineOfMistake(text: string, reason: string): number {
  const position = /position (\d+)/.exec(reason)?.[1];
  const end = position === undefined ? mistakeByTrial(text) : Number(position);
  return text.slice(0, end).split("\n").length;
}

/** Engines that give no position: the mistake is where the longest run of whole lines stops being a JSON prefix. */
function mistakeByTrial(text: string): number {
  const token = /"(?:[^"\\\n]|\\.)*"|[{}[\],:]|-?\d[\d.eE+-]*|true|false|null|\s+/y;
  while (token.lastIndex < text.length) {
    const before = token.lastIndex;
    if (token.exec(text) === null) return before;
  }
  return text.length;
}

/** The first key that the outermost object of a valid JSON text has twice, or null. JSON.parse would keep the last. */
export function repeatedKey(text: string): string | null {
  const keys = new Set<string>();
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;
  let depth = 0;
  let atKey = false;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [piece] = match;
    if (piece === "{" || piece === "[") {
      depth++;
      atKey = depth === 1;
    } else if (piece === "}" || piece === "]") depth--;
    else if (piece === ",") atKey = depth === 1;
    else if (atKey && depth === 1) {
      const key: string = JSON.parse(piece);
      if (keys.has(key)) return key;
      keys.add(key);
      atKey = false;
    }
  }
  return null;
}
