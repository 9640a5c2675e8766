import { tokenText } from "./tokenText";

/** Something of a list that is shown by its text: a token, a word of several tokens, a label. */
export type Shown = string | { readonly text: string; readonly pieces?: readonly number[] };

const twins = new WeakMap<readonly Shown[], ReadonlySet<string>>();

/** The position of an entry where another one of its list looks the same; null where its text alone tells which it is. */
export function twinPlace(list: readonly Shown[], at: number): number | null {
  const known = twins.get(list) ?? repeated(list.map(textOf));
  twins.set(list, known);
  const entry = list[at] ?? "";
  if (!known.has(textOf(entry))) return null;
  return typeof entry === "string" ? at : (entry.pieces?.[0] ?? at);
}

function textOf(entry: Shown): string {
  return typeof entry === "string" ? entry : tokenText(entry.text);
}

function repeated(texts: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(texts.filter((text) => seen.has(text) || !seen.add(text)));
}
