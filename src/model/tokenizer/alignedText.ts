/** A text derived from a source, and for each of its UTF-16 units the span of the source that it came from. */
export interface AlignedText {
  readonly text: string;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** The source itself, from offset `base` on. */
export function aligned(text: string, base = 0): AlignedText {
  const starts = new Int32Array(text.length);
  const ends = new Int32Array(text.length);
  for (let i = 0; i < text.length; i++) {
    starts[i] = base + i;
    ends[i] = base + i + 1;
  }
  return { text, starts, ends };
}

/** Units from…to of an aligned text. */
export function part(of: AlignedText, from: number, to: number): AlignedText {
  return {
    text: of.text.slice(from, to),
    starts: of.starts.subarray(from, to),
    ends: of.ends.subarray(from, to),
  };
}

/** Span of the source behind units from…to; empty at the nearest place where there are none. */
export function spanOf(of: AlignedText, from: number, to: number): readonly [start: number, end: number] {
  if (to > from) return [of.starts[from] ?? 0, of.ends[to - 1] ?? 0];
  const at = from > 0 ? (of.ends[from - 1] ?? 0) : (of.starts[0] ?? 0);
  return [at, at];
}

/** Collects a derived text piece by piece. */
export class AlignedBuilder {
  readonly #texts: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  get length(): number {
    return this.#starts.length;
  }

  /** Units from…to of `of`, as they are. */
  copy(of: AlignedText, from: number, to: number): void {
    this.#texts.push(of.text.slice(from, to));
    for (let i = from; i < to; i++) {
      this.#starts.push(of.starts[i] ?? 0);
      this.#ends.push(of.ends[i] ?? 0);
    }
  }

  /** Text that stands for a span of the source, every unit for all of it. */
  add(text: string, start: number, end: number): void {
    this.#texts.push(text);
    for (let i = 0; i < text.length; i++) {
      this.#starts.push(start);
      this.#ends.push(end);
    }
  }

  build(): AlignedText {
    return {
      text: this.#texts.join(""),
      starts: Int32Array.from(this.#starts),
      ends: Int32Array.from(this.#ends),
    };
  }
}

/** `of` with each match of `pattern` (flags g, u) replaced by `change(match)`; a replacement stands for its whole match. */
export function replaced(of: AlignedText, pattern: RegExp, change: (match: string) => string): AlignedText {
  const out = new AlignedBuilder();
  let at = 0;
  for (const match of of.text.matchAll(pattern)) {
    const [found] = match;
    const text = change(found);
    if (text === found) continue;
    out.copy(of, at, match.index);
    at = match.index + found.length;
    out.add(text, ...spanOf(of, match.index, at));
  }
  if (at === 0 && out.length === 0) return of;
  out.copy(of, at, of.text.length);
  return out.build();
}
