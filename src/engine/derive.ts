import { scoredSite } from "./attention";
import { type Edit, siteEdits } from "./edits";
import { MissingSiteError, UnknownSiteError } from "./errors";
import { stackSources } from "./input";
import type { Buf } from "./kernels/kernels";
import { heads } from "./output";
import { createPass, type Pass } from "./pass";
import { rotate } from "./positions";
import type { PreparedModel } from "./prepare";
import { patternOf } from "./scores";
import { siteShapes } from "./siteShapes";
import { OUTPUT_SITES } from "./sites";
import type { AttentionSpec } from "./spec";
import { type StackOutput, type StackRun, stackBlock, stackFinal, stackInput } from "./stack";
import { first, type Tensor } from "./tensor";
import type { RunInput, Trace } from "./trace";

/** A trace with what its run was given. */
export interface Derivation {
  readonly sites: Trace["sites"];
  readonly input: RunInput;
  readonly edits?: readonly Edit[];
}

/** Stages between q·k and the pattern: one head of them needs q and k alone. */
const SCORE_STAGE =
  /^(?<name>.+attn)\.(step_dot|step_scaled|step_bias|hook_attn_scores|step_row_max|step_exp|step_row_sum|hook_pattern)$/;

/**
 * A site that a run of the same model, input and edits would have recorded, computed again with the same kernels from
 * what the trace kept: scores and pattern of one head from q and k, anything else by running its block again from
 * hook_resid_pre. `head` (a query head; k and v give its group's) selects one head of a site that has them, dropping
 * that axis; null keeps all. Throws UnknownSiteError, or MissingSiteError when the trace does not hold what is needed.
 */
export function derive(model: PreparedModel, from: Derivation, site: string, head: number | null): Tensor {
  const kept = own(from.sites, site);
  if (kept !== undefined) return ofHead(model, kept, site, head);
  const runs = stackSources(model.spec, from.input).map((source) => ({ source, from: 0 }));
  const lengths = runs.map(({ source }) => source.ids.length);
  if (!siteShapes(model.spec, lengths, "all").has(site)) {
    throw new UnknownSiteError({ site, model: model.spec.family });
  }
  const mark = model.kernels.mark();
  try {
    const stage = head === null ? null : oneHead(model, from, site, head, runs);
    return stage ?? ofHead(model, rerun(model, from, site, runs), site, head);
  } finally {
    model.kernels.release(mark);
  }
}

function own(sites: Trace["sites"], name: string): Tensor | undefined {
  return (sites as Readonly<Record<string, Tensor | undefined>>)[name];
}

/** One head of a tensor that has heads: query head h, or key/value head ⌊h·nKvHeads/nHeads⌋. */
function ofHead(model: PreparedModel, tensor: Tensor, site: string, head: number | null): Tensor {
  if (head === null || (tensor.axes[0] !== "head" && tensor.axes[0] !== "kv_head")) return tensor;
  if (tensor.axes[0] === "head") return first(tensor, head);
  const spec = attentionOf(model, site);
  return first(tensor, Math.floor((head * spec.nKvHeads) / spec.nHeads));
}

/** The block that a site belongs to, or null. */
function placeOf(site: string): { stack: string; layer: number; attention: string } | null {
  const match = /^(blocks|encoder|decoder)\.(\d+)\.(attn|cross_attn)?/.exec(site);
  if (match === null) return null;
  return { stack: match[1], layer: Number(match[2]), attention: match[3] ?? "" };
}

function attentionOf(model: PreparedModel, site: string): AttentionSpec {
  const place = placeOf(site);
  const stack = model.spec.stacks.find(({ name }) => name === place?.stack);
  const block = stack?.layers[place?.layer ?? -1];
  const spec = place?.attention === "cross_attn" ? block?.cross : block?.attn;
  if (spec === undefined || spec === null) throw new UnknownSiteError({ site, model: model.spec.family });
  return spec;
}

/** A score stage of one head from q and k, or null when it is not one, they were not kept, or an edit touches its stages. */
function oneHead(
  model: PreparedModel,
  from: Derivation,
  site: string,
  head: number,
  runs: readonly StackRun[],
): Tensor | null {
  const name = SCORE_STAGE.exec(site)?.groups?.name;
  if (name === undefined) return null;
  if (siteEdits(from.edits ?? []).some((edit) => edit.site.startsWith(`${name}.`))) return null;
  const spec = attentionOf(model, site);
  const q = scoredHead(model, from, name, spec, "q", head);
  const k = scoredHead(model, from, name, spec, "k", head);
  if (q === null || k === null) return null;
  const { padding } = (name.endsWith("cross_attn") ? runs[0] : ownRun(runs, site)).source;
  const pass = recorder(model, site, []);
  const range = { first: head, heads: 1, kvHeads: 1 };
  const rows = { from: 0, queries: q.length / spec.dHead, keys: k.length / spec.dHead, padding };
  patternOf(pass, name, spec, range, q, k, rows);
  return first(recorded(pass, site), 0);
}

/** One head of the queries or keys that are scored, rotated if they still have to be, or null. [pos, d_head] */
function scoredHead(
  model: PreparedModel,
  from: Derivation,
  name: string,
  spec: AttentionSpec,
  letter: "q" | "k",
  head: number,
): Buf | null {
  const scored = scoredSite(name, spec, letter);
  const site = own(from.sites, scored) === undefined ? `${name}.hook_${letter}` : scored;
  const tensor = own(from.sites, site);
  if (tensor === undefined) return null;
  const one = ofHead(model, tensor, site, head);
  const buf = bufOf(model, one);
  const { positions, dHead } = spec;
  if (site === scored || positions.kind !== "rotary") return buf;
  return rotate(model.kernels, positions, buf, one.shape[0], 0, dHead);
}

function bufOf({ kernels }: PreparedModel, { data }: Tensor): Buf {
  const buf = kernels.alloc(data.length);
  buf.data.set(data);
  return buf;
}

/** A pass that records one site; what enters a block has been edited already. */
function recorder(model: PreparedModel, site: string, edits: readonly Edit[]): Pass {
  const later = siteEdits(edits).filter((edit) => !edit.site.endsWith("hook_resid_pre"));
  return createPass(model, (name) => name === site, later);
}

function recorded(pass: Pass, site: string): Tensor {
  const tensor = pass.sites.get(site);
  if (tensor === undefined) throw new MissingSiteError({ site, needs: "what its run computed" });
  return tensor;
}

function ownRun(runs: readonly StackRun[], site: string): StackRun {
  const index = site.startsWith("encoder.") ? 0 : runs.length - 1;
  return runs[index];
}

/** Runs the part of the model that records the site: the embedding, one block, or what follows the last block. */
function rerun(model: PreparedModel, from: Derivation, site: string, runs: readonly StackRun[]): Tensor {
  const run = ownRun(runs, site);
  const place = placeOf(site);
  const pass = recorder(model, site, from.edits ?? []);
  if (place !== null) {
    runBlock(pass, from, run, place.layer, runs);
  } else if (Object.hasOwn(OUTPUT_SITES, site)) {
    heads(pass, model.spec, finalOutput(pass, from, run, runs), "all");
  } else if (site.includes("ln_final.")) {
    finalOutput(pass, from, run, runs);
  } else {
    stackInput(pass, run);
  }
  return recorded(pass, site);
}

function runBlock(
  pass: Pass,
  from: Derivation,
  run: StackRun,
  layer: number,
  runs: readonly StackRun[],
): Buf {
  const name = `${run.source.stack.name}.${layer}.hook_resid_pre`;
  const residPre = own(from.sites, name);
  if (residPre === undefined) throw new MissingSiteError({ site: "this site", needs: name });
  const cross = run.source.stack.layers[layer].cross !== null;
  const memory = cross
    ? finalOutput(
        createPass(pass.model, () => false, []),
        from,
        runs[0],
        runs,
      )
    : null;
  return stackBlock(pass, run, layer, bufOf(pass.model, residPre), memory);
}

/** The output of a stack: its kept final site, or the last block run again and the final LayerNorm. */
function finalOutput(pass: Pass, from: Derivation, run: StackRun, runs: readonly StackRun[]): StackOutput {
  const { stack } = run.source;
  const last = stack.layers.length - 1;
  const block = stack.layers[last];
  const end =
    block.place === "post" && block.norm !== null ? "hook_normalized_resid_post" : "hook_resid_post";
  const kept = own(from.sites, `${stack.name}.${last}.${end}`);
  const x = kept === undefined ? runBlock(pass, from, run, last, runs) : bufOf(pass.model, kept);
  return { ...run, value: stackFinal(pass, stack, x) };
}
