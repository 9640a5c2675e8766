/** A long job that its reader can watch, and end. */
export interface Work {
  readonly signal: AbortSignal;
  /** How much of it is done, 0…1. */
  report(share: number): void;
}

/** How long a job works before it lets the page do other things, in ms: less than two frames. */
const SLICE = 25;

/** Lets the page do what waits. Rejects where the reader has ended the job meanwhile. */
export async function breathe({ signal }: Work): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  signal.throwIfAborted();
}

/** A file of pieces that are made one after another, with breaths between them. */
export async function collected(pieces: Iterable<BlobPart>, type: string, work: Work): Promise<Blob> {
  const parts: BlobPart[] = [];
  let since = performance.now();
  for (const piece of pieces) {
    parts.push(piece);
    if (performance.now() - since < SLICE) continue;
    await breathe(work);
    since = performance.now();
  }
  return new Blob(parts, { type });
}
