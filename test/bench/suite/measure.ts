/** One thing to time: `once` does the work a single time (and awaits what is asynchronous in it). */
export interface Contender {
  readonly name: string;
  readonly once: () => void | Promise<void>;
}

export interface Timing {
  readonly name: string;
  /** Median milliseconds of one call. */
  readonly ms: number;
  /** The fastest single call: what it takes while nothing else runs. */
  readonly best: number;
}

const ROUNDS = 7;
/** A contender whose one call takes longer than this sits out after its third round. */
const SLOW_MS = 100;
const SLICE_MS = 40;

/**
 * Times all contenders interleaved: in each round every one works for about 40 ms. The median over the rounds is reported, so
 * that what else the machine does falls on all of them alike, and the fastest single call, which on a busy machine is
 * the steadier figure. A first round warms up and is dropped.
 */
export async function interleaved(contenders: readonly Contender[]): Promise<readonly Timing[]> {
  const times = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  const best = new Map<string, number>();
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { name, once } of contenders) {
      const known = times.get(name) ?? [];
      if (known.length >= 3 && median(known) > SLOW_MS) continue;
      const start = performance.now();
      let calls = 0;
      let now = start;
      while (calls === 0 || now - start < SLICE_MS) {
        const begun = now;
        const pending = once();
        if (pending !== undefined) await pending;
        calls += 1;
        now = performance.now();
        if (round > 0) best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, now - begun));
      }
      if (round > 0) known.push((performance.now() - start) / calls);
    }
  }
  return contenders.map(({ name }) => ({
    name,
    ms: median(times.get(name) ?? []),
    best: best.get(name) ?? Number.NaN,
  }));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
