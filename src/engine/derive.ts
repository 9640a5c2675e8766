import { scoredSite } from "./attention";
import { type Edit, siteEdits } from "./edits";
import { MissingSiteError, UnknownSiteError } from "./errors";
import { stackSources } from "./input";
import type { Buf, Kernels } from "./kernels/kernels";
import { heads } from "./output";
import { createPass, type Pass } from "./pass";
import { rotate } from "./positions";
import type { PreparedModel } from "./prepare";
import { patternOf } from "./scores";
import { siteShapes } from "./siteShapes";
import { OUTPUT_SITES } from "./sites";
import type { AttentionSpec } from "./spec";
import { enterBlock, type StackOutput, type StackRun, stackBlock, stackFinal, stackInput } from "./stack";
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
  /^(?<name>.+attn)\.(step_dot|step_scaled|step_bias|hook_attn_scores|step_row_max|step_exp|step_row_sum|step_relu2|hook_pattern)$/;

/** One derivation: the model, the trace, the wanted site, and the stacks of the run. */
interface Job extends Derivation {
  readonly model: PreparedModel;
  readonly site: string;
  readonly runs: readonly StackRun[];
}

/**
 * A site that a run of the same model, input and edits would have recorded, computed again with the same kernels from
 * what the trace kept: scores and pattern of one head from q and k, anything else by running its block again from
 * hook_resid_pre. `head` (a query head; k and v give its group's) selects one head of a site that has them, dropping
 * that axis; null keeps all. Throws UnknownSiteError, or MissingSiteError when the trace does not hold what is needed.
 */
export function derive(model: PreparedModel, from: Derivation, site: string, head: number | null): Tensor {
  const runs = stackSources(model.spec, from.input).map((source) => ({ source, from: 0 }));
  const job: Job = { ...from, model, site, runs };
  const kept = keptSite(job, site);
  const isOutput = Object.hasOwn(OUTPUT_SITES, site);
  if (kept !== null && !isOutput) return ofHead(job, kept, head);
  const lengths = runs.map(({ source }) => source.ids.length);
  const shape = siteShapes(model.spec, lengths, "all").get(site);
  if (shape === undefined) throw new UnknownSiteError({ site, model: model.spec.family });
  // Of what is read off at every position, a run may have kept the last row alone.
  if (kept !== null && kept.shape[0] === shape[0]) return kept;
  const mark = model.kernels.mark();
  try {
    const stage = head === null ? null : scoreStage(job, head);
    return stage ?? ofHead(job, rerun(job), head);
  } finally {
    model.kernels.release(mark);
  }
}

function keptSite({ sites }: Job, name: string): Tensor | null {
  return (sites as Readonly<Record<string, Tensor | undefined>>)[name] ?? null;
}

/** One head of a tensor that has heads: query head h, or key/value head ⌊h·nKvHeads/nHeads⌋. */
function ofHead(job: Job, tensor: Tensor, head: number | null): Tensor {
  if (head === null || (tensor.axes[0] !== "head" && tensor.axes[0] !== "kv_head")) return tensor;
  if (tensor.axes[0] === "head") return first(tensor, head);
  const { nHeads, nKvHeads } = attentionOf(job);
  return first(tensor, Math.floor((head * nKvHeads) / nHeads));
}

/** The layer that the site belongs to, or null. */
function layerOf({ site }: Job): number | null {
  const layer = /^(?:blocks|encoder|decoder)\.(\d+)\./.exec(site)?.[1];
  return layer === undefined ? null : Number(layer);
}

/** The stack that the site belongs to. */
function runOf({ runs, site }: Job): StackRun {
  return runs[site.startsWith("encoder.") ? 0 : runs.length - 1];
}

/** The attention that the site belongs to. */
function attentionOf(job: Job): AttentionSpec {
  const block = runOf(job).source.stack.layers[layerOf(job) ?? -1];
  const spec = job.site.includes(".cross_attn.") ? block?.cross : block?.attn;
  if (!spec) throw new UnknownSiteError({ site: job.site, model: job.model.spec.family });
  return spec;
}

/** A score stage of one head from q and k, or null when it is none, they were not kept, or an edit touches its stages. */
function scoreStage(job: Job, head: number): Tensor | null {
  const name = SCORE_STAGE.exec(job.site)?.groups?.name;
  if (name === undefined) return null;
  if (siteEdits(job.edits ?? []).some(({ site }) => site.startsWith(`${name}.`))) return null;
  const spec = attentionOf(job);
  if (spec.score.kind !== "dot") return null;
  const q = scoredHead(job, name, spec, "q", head);
  const k = scoredHead(job, name, spec, "k", head);
  if (q === null || k === null) return null;
  const { padding } = (name.endsWith("cross_attn") ? job.runs[0] : runOf(job)).source;
  const pass = recorder(job, job.site, []);
  const range = { first: head, heads: 1, kvHeads: 1 };
  const rows = { from: 0, queries: q.length / spec.dHead, keys: k.length / spec.dHead, padding };
  patternOf(pass, name, spec, range, q, k, rows);
  return first(recorded(job, pass), 0);
}

/** One head of the queries or keys that are scored, rotated if they still have to be, or null. [pos, d_head] */
function scoredHead(
  job: Job,
  name: string,
  spec: AttentionSpec,
  letter: "q" | "k",
  head: number,
): Buf | null {
  const { kernels } = job.model;
  const scored = keptSite(job, scoredSite(name, spec, letter));
  const tensor = scored ?? keptSite(job, `${name}.hook_${letter}`);
  if (tensor === null) return null;
  const one = ofHead(job, tensor, head);
  const buf = bufOf(kernels, one);
  const { positions, dHead } = spec;
  if (scored !== null || positions.kind !== "rotary") return buf;
  return rotate(kernels, positions, buf, one.shape[0], 0, dHead);
}

function bufOf(kernels: Kernels, { data }: Pick<Tensor, "data">): Buf {
  const buf = kernels.alloc(data.length);
  buf.data.set(data);
  return buf;
}

/** A pass that records one site; what enters a block has been edited already. */
function recorder({ model }: Job, site: string | null, edits: readonly Edit[]): Pass {
  const later = siteEdits(edits).filter((edit) => !edit.site.endsWith("hook_resid_pre"));
  return createPass(model, (name) => name === site, later);
}

function recorded({ site }: Job, pass: Pass): Tensor {
  const tensor = pass.sites.get(site);
  if (tensor === undefined) throw new MissingSiteError({ site, needs: "what its run computed" });
  return tensor;
}

/** Runs the part of the model that records the site: the embedding, one block, or what follows the last block. */
function rerun(job: Job): Tensor {
  const { model, site } = job;
  const pass = recorder(job, site, job.edits ?? []);
  const layer = layerOf(job);
  if (layer !== null && site.endsWith("step_pos_embed"))
    enterBlock(pass, runOf(job), layer, streamOfZeros(job));
  else if (layer !== null) runBlock(job, pass, runOf(job), layer);
  else if (Object.hasOwn(OUTPUT_SITES, site))
    heads(pass, model.spec, finalOutput(job, pass, runOf(job)), "all");
  else if (site.includes("ln_final.")) finalOutput(job, pass, runOf(job));
  else stackInput(pass, runOf(job));
  return recorded(job, pass);
}

/** A stream that what is added to it can be read from. [pos, d_model] */
function streamOfZeros(job: Job): Buf {
  const { stack, ids } = runOf(job).source;
  return bufOf(job.model.kernels, { data: new Float32Array(ids.length * stack.dModel) });
}

function runBlock(job: Job, pass: Pass, run: StackRun, layer: number): Buf {
  const { stack } = run.source;
  const needs = `${stack.name}.${layer}.hook_resid_pre`;
  const residPre = keptSite(job, needs);
  if (residPre === null) throw new MissingSiteError({ site: job.site, needs });
  const memory =
    stack.layers[layer].cross === null
      ? null
      : finalOutput(job, recorder(job, null, job.edits ?? []), job.runs[0]);
  return stackBlock(pass, run, layer, bufOf(pass.kernels, residPre), memory);
}

/** The output of a stack: what its last block left, kept or run again, and the final LayerNorm. */
function finalOutput(job: Job, pass: Pass, run: StackRun): StackOutput {
  const { stack } = run.source;
  const last = stack.layers.length - 1;
  const { place, norm } = stack.layers[last];
  const end = place === "post" && norm !== null ? "hook_normalized_resid_post" : "hook_resid_post";
  const kept = keptSite(job, `${stack.name}.${last}.${end}`);
  const x = kept === null ? runBlock(job, pass, run, last) : bufOf(pass.kernels, kept);
  return { ...run, value: stackFinal(pass, stack, x) };
}
