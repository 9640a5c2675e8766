import { checkEdits } from "./editSites";
import { type Edit, siteEdits } from "./edits";
import { stackSources } from "./input";
import { heads, type LogitRows } from "./output";
import { capturedBy, createPass } from "./pass";
import type { PreparedModel } from "./prepare";
import { joinRows, type Kept, neededLater, planRuns } from "./reuse";
import { OUTPUT_SITES } from "./sites";
import { copyTo, ownArray, type Place } from "./slab";
import { runStack, type StackOutput } from "./stack";
import type { Tensor } from "./tensor";
import type { Capture, RunInput, Sites } from "./trace";

export interface RunOptions {
  /** Sites to keep. Logits are kept whenever they are computed. */
  readonly capture: Capture;
  readonly edits?: readonly Edit[];
  /** Positions whose logits over the vocabulary are computed; default "all". "none" computes no head at all. */
  readonly logits?: LogitRows;
  /**
   * What an earlier run of the same model, capture and logits left: a causal model then computes only the positions
   * after the common prefix, with bit-for-bit the numbers of a full run. Ignored when there are edits.
   */
  readonly reuse?: Kept | null;
  /** Leave something for a later run to reuse (a second copy of the sites); default false. */
  readonly keep?: boolean;
  /** Where the arrays of the result are made; default: each an array of its own, which can be transferred. */
  readonly into?: Place;
  /** Where the arrays of what is kept are made: memory apart from that of `reuse`, which is read meanwhile. */
  readonly keepIn?: Place;
}

export interface RunResult {
  /** Every captured site, copied out of the backend: exact-size arrays that can be transferred. */
  readonly sites: Sites;
  /** For the `reuse` of a later run; null unless `keep` was asked for and nothing was edited. */
  readonly kept: Kept | null;
  /** Positions of the last stack that were taken from the earlier run. */
  readonly reused: number;
}

/**
 * One forward pass. Throws an EngineError for input that the model cannot read (see input.ts), ids outside the
 * vocabulary, and edits that do not fit.
 */
export function run(model: PreparedModel, input: RunInput, options: RunOptions): RunResult {
  const { kernels, spec } = model;
  const { capture, logits = "all", reuse = null, into = ownArray, keepIn = ownArray } = options;
  const edits = siteEdits(options.edits ?? []);
  const keep = options.keep === true && edits.length === 0;
  const sources = stackSources(spec, input);
  checkEdits(spec, edits, sources);
  const earlier = edits.length === 0 ? reuse : null;
  const place = keep ? keepIn : into;
  const runs = planRuns(earlier, model, sources, capture, logits);
  const captured = capturedBy(capture);
  const wanted = (name: string): boolean => captured(name) || name === "logits" || name === "nsp_logits";
  const pass = createPass(
    model,
    (name) => wanted(name) || (keep && neededLater(name)),
    edits,
    (name) => earlier?.sites.get(name) ?? null,
    place,
  );

  const mark = kernels.mark();
  try {
    let output: StackOutput | null = null;
    for (const stackRun of runs) output = runStack(pass, stackRun, output);
    if (output !== null) heads(pass, spec, output, logits);
  } finally {
    kernels.release(mark);
  }

  const sites = new Map<string, Tensor>();
  for (const [name, tensor] of earlier?.sites ?? []) {
    if (runs[0].from !== runs[0].source.ids.length || !name.startsWith("encoder.")) continue;
    sites.set(name, place === ownArray ? tensor : { ...tensor, data: copyTo(place, tensor.data) });
  }
  for (const [name, tensor] of pass.sites) {
    const oneRow = logits === "last" && Object.hasOwn(OUTPUT_SITES, name);
    sites.set(name, oneRow ? tensor : joinRows(name, earlier?.sites.get(name), tensor, runs, place));
  }
  const kept = keep ? { model, sources, capture, logits, sites } : null;
  const result = [...sites].flatMap(([name, tensor]): [string, Tensor][] => {
    if (!wanted(name)) return [];
    const shared = kept !== null || earlier?.sites.get(name) === tensor;
    return [[name, shared ? { ...tensor, data: copyTo(into, tensor.data) } : tensor]];
  });
  return { sites: Object.fromEntries(result), kept, reused: runs[runs.length - 1].from };
}
