const ROUND = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000];

/** What the top-k slider can be set to: from one token upwards, then 0 for all of them. */
export function topKStops(vocabulary: number): readonly number[] {
  return [...ROUND.filter((k) => k < vocabulary), 0];
}

/** The stop that stands for a top-k, which a link may set to any number. */
export function nearestStop(stops: readonly number[], topK: number): number {
  if (topK === 0) return stops.length - 1;
  const above = stops.findIndex((k) => k >= topK);
  return above === -1 ? Math.max(0, stops.length - 2) : above;
}
