import type { SiteEdit } from "../../engine/edits";
import { first, type Tensor } from "../../engine/tensor";
import type { RunInput, Trace } from "../../engine/trace";
import { gather } from "../explain/lookup";
import { row } from "../matrix";
import { type ExperimentRun, inTurn, siteOf, type Watch } from "./experiment";

/** What is copied from one run to another: a site, one of its heads, one position of either, or all of it. */
export interface PatchTarget {
  readonly site: string;
  readonly head?: number;
  readonly query?: number;
}

export interface PatchingOptions {
  /** The run that activations are taken from. */
  readonly clean: RunInput;
  /** The run that they are put into; as many tokens as the clean one. */
  readonly corrupted: RunInput;
  readonly targets: readonly PatchTarget[];
  /** The number that is watched, e.g. a difference of two logits. */
  readonly metric: (trace: Pick<Trace, "sites">) => number;
}

export interface PatchingResult {
  readonly clean: number;
  readonly corrupted: number;
  /** The metric with each target patched, and which share of the way to the clean run that is (1: all of it). */
  readonly patched: readonly {
    readonly target: PatchTarget;
    readonly value: number;
    readonly restored: number;
  }[];
}

/**
 * Activation patching (Meng et al. 2022, §2): runs the corrupted input once for each target, with that target's numbers
 * from the clean run, and says how much of the clean result comes back.
 */
export async function activationPatching(
  run: ExperimentRun,
  { clean, corrupted, targets, metric }: PatchingOptions,
  watch: Watch,
): Promise<PatchingResult> {
  const source = await run(clean, []);
  const best = metric(source);
  const worst = metric(await run(corrupted, []));
  const patched = await inTurn(targets, watch, async (target) => {
    const value = metric(await run(corrupted, [patchOf(source, target)]));
    return { target, value, restored: best === worst ? 0 : (value - worst) / (best - worst) };
  });
  return { clean: best, corrupted: worst, patched };
}

/** The edit that puts a target's numbers of one run into another. */
export function patchOf(source: Pick<Trace, "sites">, { site, ...at }: PatchTarget): SiteEdit {
  return { kind: "patch", site, at, values: valuesAt(siteOf(source, site), at) };
}

/** A site's numbers at a head and a query, at one of them, or all. */
function valuesAt(tensor: Tensor, { head, query }: Omit<PatchTarget, "site">): Float32Array {
  if (head !== undefined && query !== undefined) return gather(tensor, [head, query, null]);
  if (head !== undefined) return first(tensor, head).data;
  return query === undefined ? tensor.data : row(tensor, query);
}
