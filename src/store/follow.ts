import { readoutKind } from "../analysis/readoutKind";
import type { SiteName } from "../engine/sites";
import type { Trace } from "../engine/trace";
import { type Bounds, clampSelection, type Selection } from "./selection";
import type { SessionState } from "./session";

/** The bounds that a trace sets to selections. */
export function boundsOf(trace: Trace): Bounds {
  return {
    spec: trace.spec,
    positions: trace.tokens.length,
    decoderPositions: trace.decoderTokens?.length ?? 0,
  };
}

/** The name of the pattern that a selection points into. */
export function patternSite({ stack, layer, attention }: Selection): SiteName {
  return `${stack}.${layer}.${attention}.hook_pattern`;
}

/**
 * Moves a selection that the reader has not locked: the first mask that the model fills, without one the last query, and the
 * key that it attends to most.
 */
export function follow(selection: Selection, trace: Trace): Selection {
  const query = firstMask(trace) ?? Number.MAX_SAFE_INTEGER;
  const at = clampSelection({ ...selection, query }, boundsOf(trace));
  return { ...at, key: strongestKey(at, trace) };
}

function firstMask(trace: Trace): number | null {
  const { mask } = trace.spec.ids;
  if (mask === null || readoutKind(trace) !== "fill") return null;
  const at = trace.tokens.findIndex(({ id }) => id === mask);
  return at < 0 ? null : at;
}

/** A session whose selection is moved within the first run's trace; an unlocked one takes its key from the query. */
export function moved(
  { selection, locked, hover, runs }: SessionState,
  part: Partial<Selection>,
): Pick<SessionState, "selection" | "hover"> {
  const trace = runs[0]?.trace ?? null;
  // The keys go on where the pointer only rests.
  const over = hover !== null && Object.keys(part).some((each) => each in hover) ? null : hover;
  // Another step opens at its own site.
  const next = { ...selection, ...(part.step !== undefined && { site: null }), ...part };
  if (trace === null) return { hover: over, selection: next };
  const nearest = clampSelection(next, boundsOf(trace));
  const isFree = !locked && part.key === undefined;
  return {
    hover: over,
    selection: isFree ? { ...nearest, key: strongestKey(nearest, trace) } : nearest,
  };
}

/**
 * Where a locked pair stands in the trace of another text: the same tokens, wherever typing moved them; null where one of
 * them is gone, so that a new text does not begin at a place that means nothing in it. Of another model, the nearest places.
 */
export function carried(selection: Selection, from: Trace, to: Trace): Selection | null {
  const nearest = clampSelection(selection, boundsOf(to));
  if (from.modelId !== to.modelId) return nearest;
  const [before, after] = [sidesOf(nearest, from), sidesOf(nearest, to)];
  const query = placeAfter(before.asks, after.asks, selection.query);
  const key = placeAfter(before.answers, after.answers, selection.key);
  return query === null || key === null ? null : { ...nearest, query, key };
}

/** The tokens that queries and keys of an attention are of. */
function sidesOf({ stack, attention }: Selection, trace: Trace) {
  const asks = stack === "decoder" ? (trace.decoderTokens ?? trace.tokens) : trace.tokens;
  return { asks, answers: attention === "cross_attn" ? trace.tokens : asks };
}

/** The place of a token after an edit: counted from the end that it shares with the old text; null where it is gone. */
function placeAfter(from: Trace["tokens"], to: Trace["tokens"], at: number): number | null {
  const shorter = Math.min(from.length, to.length);
  let before = 0;
  while (before < shorter && from[before]?.text === to[before]?.text) before++;
  let after = 0;
  while (after < shorter - before && from.at(-1 - after)?.text === to.at(-1 - after)?.text) after++;
  if (at < before) return at;
  if (from.length - at <= after) return at + to.length - from.length;
  // As many words as were there before: each stands for the one in its place.
  return from.length === to.length ? at : null;
}

/** The key with the largest share of the selected query's attention. */
export function strongestKey(selection: Selection, trace: Trace): number {
  const site = patternSite(selection);
  const whole = trace.sites[site];
  const pattern = whole ?? trace.heads?.[site]?.of[selection.head];
  if (pattern === undefined) return selection.key;
  const [queries = 0, keys = 0] = pattern.shape.slice(-2);
  const start = ((whole === undefined ? 0 : selection.head) * queries + selection.query) * keys;
  const row = pattern.data.subarray(start, start + keys);
  return row.reduce((best, share, key) => (share > (row[best] ?? 0) ? key : best), 0);
}

/** Two stretches of the typed text, as UTF-16 offsets: of the target where a decoder asks or answers. */
export interface Pair {
  readonly query: number;
  readonly key: number;
}

/** The selection of the head, of all, whose attention from one typed word to another is strongest. */
export function lookAt(selection: Selection, pair: Pair, trace: Trace): Selection {
  const { asks, answers } = sidesOf(selection, trace);
  const query = tokenAt(asks, pair.query);
  const key = tokenAt(answers, pair.key);
  let best = clampSelection({ ...selection, query, key }, boundsOf(trace));
  let most = 0;
  const stack = trace.spec.stacks.find((each) => each.name === best.stack);
  stack?.layers.forEach((_, layer) => {
    const pattern = trace.sites[patternSite({ ...best, layer })];
    const [heads = 0, queries = 0, keys = 0] = pattern?.shape ?? [];
    for (let head = 0; head < heads; head++) {
      const share = pattern?.data[(head * queries + query) * keys + key] ?? 0;
      if (share <= most) continue;
      most = share;
      best = { ...best, layer, head };
    }
  });
  return best;
}

/** The position of the token that an offset of the text lies in; 0 where there is none. */
export function tokenAt(tokens: Trace["tokens"], offset: number): number {
  const position = tokens.findIndex((token) => token.start <= offset && offset < token.end);
  return Math.max(0, position);
}
