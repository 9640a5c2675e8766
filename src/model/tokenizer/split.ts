import type { Pieces } from "./preTokenise";

/** What becomes of a match: dropped, a piece of its own, joined to a neighbour, or to neighbouring matches. */
export type Behaviour = "Removed" | "Isolated" | "MergedWithPrevious" | "MergedWithNext" | "Contiguous";

interface Run {
  readonly from: number;
  readonly to: number;
  readonly match: boolean;
}

/** Cuts every piece at the matches of `pattern` (flags g, u); `invert` takes what lies between as the matches. */
export function split(pieces: Pieces, pattern: RegExp, behaviour: Behaviour, invert: boolean): Pieces {
  const cuts = pieces.cuts.flatMap(([from, to]) => {
    const runs = runsOf(pieces.of.text.slice(from, to), pattern, invert);
    return joined(runs, behaviour).map((run) => [from + run.from, from + run.to] as const);
  });
  return { of: pieces.of, cuts, first: pieces.first };
}

/** The matches of a text and what lies between them, in order; none is empty. */
function runsOf(text: string, pattern: RegExp, invert: boolean): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const found of text.matchAll(pattern)) {
    const end = found.index + found[0].length;
    if (end === found.index) continue;
    if (found.index > at) runs.push({ from: at, to: found.index, match: invert });
    runs.push({ from: found.index, to: end, match: !invert });
    at = end;
  }
  if (at < text.length) runs.push({ from: at, to: text.length, match: invert });
  return runs;
}

function joined(runs: readonly Run[], behaviour: Behaviour): readonly Run[] {
  if (behaviour === "Isolated") return runs;
  if (behaviour === "Removed") return runs.filter((run) => !run.match);
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    const join =
      last !== undefined &&
      (behaviour === "Contiguous"
        ? last.match === run.match
        : behaviour === "MergedWithPrevious"
          ? run.match && !last.match
          : last.match && !run.match);
    if (join) result[result.length - 1] = { from: last.from, to: run.to, match: run.match };
    else result.push(run);
  }
  return result;
}
