import type { Token } from "../../engine/trace";
import { displayText } from "./display";
import { wordsOf } from "./words";

/** One id with the bytes that it adds to the text, or a special token's name. */
export interface SpelledId {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly special: string | null;
}

export interface Spelled {
  readonly text: string;
  /** Offsets into `text`; pieces of one character share its span. */
  readonly tokens: readonly Token[];
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Text of a list of ids. Bytes that are no UTF-8, and U+FFFD, which stands for such, add nothing to the text; their
 * tokens say the bytes in hexadecimal.
 */
export function spell(ids: readonly SpelledId[]): Spelled {
  const owners: number[] = [];
  for (const [position, { bytes }] of ids.entries()) for (const _ of bytes) owners.push(position);
  const all = new Uint8Array(owners.length);
  let at = 0;
  for (const { bytes } of ids) {
    all.set(bytes, at);
    at += bytes.length;
  }
  const starts = new Map<number, number>();
  const ends = new Map<number, number>();
  let text = "";
  for (let i = 0; i < all.length; ) {
    const width = characterWidth(all, i);
    const character = width === 0 ? "" : decoder.decode(all.subarray(i, i + width)).replace("\ufffd", "");
    for (let b = i; b < i + Math.max(width, 1); b++) {
      const owner = owners[b] ?? 0;
      if (character !== "" && !starts.has(owner)) starts.set(owner, text.length);
      if (character !== "") ends.set(owner, text.length + character.length);
    }
    text += character;
    i += Math.max(width, 1);
  }
  return { text, tokens: tokensOf(ids, text, starts, ends) };
}

function tokensOf(
  ids: readonly SpelledId[],
  text: string,
  starts: ReadonlyMap<number, number>,
  ends: ReadonlyMap<number, number>,
): readonly Token[] {
  const words = wordsOf(text);
  let place = 0;
  return ids.map(({ id, bytes, special }, position) => {
    const start = starts.get(position) ?? place;
    const end = ends.get(position) ?? start;
    place = end;
    const shown = special ?? (end > start ? displayText(text.slice(start, end)) : hexadecimal(bytes));
    const word = special !== null || end === start ? -1 : wordOfSpan(words, text, start, end);
    return { id, text: shown, start, end, word, special: special !== null };
  });
}

/** The word of the first character of a span that is not a space. */
export function wordOfSpan(words: Int32Array, text: string, start: number, end: number): number {
  const body = text.slice(start, end);
  const skipped = body.length - body.trimStart().length;
  return words[skipped < body.length ? start + skipped : start] ?? -1;
}

function hexadecimal(bytes: Uint8Array): string {
  return `⟨${Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ")}⟩`;
}

/** Bytes of the UTF-8 character at an offset, or 0 where there is none. */
function characterWidth(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const width =
    lead < 0x80
      ? 1
      : lead >= 0xc2 && lead < 0xe0
        ? 2
        : lead >= 0xe0 && lead < 0xf0
          ? 3
          : lead >= 0xf0 && lead < 0xf5
            ? 4
            : 0;
  if (at + width > bytes.length) return 0;
  for (let i = 1; i < width; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] ?? 0;
  const tooLong = (lead === 0xe0 && second < 0xa0) || (lead === 0xf0 && second < 0x90);
  const outside = (lead === 0xed && second > 0x9f) || (lead === 0xf4 && second > 0x8f);
  return tooLong || outside ? 0 : width;
}
