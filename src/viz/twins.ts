import { tokenText } from "./tokenText";

/** Something of a list that is shown by its text: a token, a word of several tokens, a label. */
export type Shown = string | { readonly text: string; readonly pieces?: readonly number[] };

const places = new WeakMap<readonly Shown[], readonly (number | null)[]>();

/** The position of an entry where another one of its list looks the same; null where its text alone tells which it is. */
export function twinPlace(list: readonly Shown[], at: number): number | null {
  const known = places.get(list) ?? placesIn(list);
  places.set(list, known);
  return known[at] ?? null;
}

function placesIn(list: readonly Shown[]): readonly (number | null)[] {
  const texts = list.map(textOf);
  const twins = repeated(texts);
  return list.map((entry, at) => {
    if (!twins.has(texts[at] ?? "")) return null;
    return typeof entry === "string" ? at : (entry.pieces?.[0] ?? at);
  });
}

function textOf(entry: Shown): string {
  return typeof entry === "string" ? entry : tokenText(entry.text);
}

function repeated(texts: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(texts.filter((text) => seen.has(text) || !seen.add(text)));
}
