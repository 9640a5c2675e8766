import type { Timing } from "./measure";

/** One line of the bench: what was timed, each contender's figure, in one unit. */
export interface Row {
  readonly group: "matmul" | "forward" | "typing" | "memory";
  readonly what: string;
  readonly unit: "GFLOP/s" | "ms" | "MB";
  /** Medians over the rounds. */
  readonly figures: Readonly<Record<string, number>>;
  /** Of the fastest single call, where there are calls. */
  readonly best: Readonly<Record<string, number>>;
}

export function row(
  group: Row["group"],
  what: string,
  unit: Row["unit"],
  timings: readonly Timing[],
  value: (ms: number, name: string) => number,
): Row {
  return {
    group,
    what,
    unit,
    figures: Object.fromEntries(timings.map(({ name, ms }) => [name, value(ms, name)])),
    best: Object.fromEntries(timings.map(({ name, best }) => [name, value(best, name)])),
  };
}
