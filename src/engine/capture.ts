import type { LogitRows } from "./output";
import { capturedBy } from "./pass";
import { siteShapes } from "./siteShapes";
import type { ModelSpec } from "./spec";
import { sizeOf } from "./tensor";
import type { Capture, SitePattern } from "./trace";

/** The most that a trace may hold before some stages are left to `derive`. */
export const TRACE_BUDGET = 64 * 2 ** 20;

/**
 * What a long trace keeps, by priority: each line is added if the whole stays within the budget. Everything else can be
 * derived: any stage of a block from its hook_resid_pre, one head's scores and pattern from q and k.
 */
const PRIORITIES: readonly (readonly SitePattern[])[] = [
  ["*.hook_resid_pre", "*hook_scale", "*step_mean", "logits", "nsp_logits"],
  ["*attn.hook_q", "*attn.hook_k"],
  ["*attn.hook_pattern"],
  ["*attn.hook_v", "*attn.hook_z"],
  ["*.hook_resid_post", "*.hook_normalized_resid_post"],
  ["*.hook_resid_mid", "*.hook_resid_mid_cross"],
];

/** Bytes of the trace of a run: all sites that `capture` accepts. `lengths`: positions of each stack. */
export function traceBytes(
  spec: ModelSpec,
  lengths: readonly number[],
  capture: Capture,
  logits: LogitRows = "all",
): number {
  const captured = capturedBy(capture);
  let bytes = 0;
  for (const [name, shape] of siteShapes(spec, lengths, logits)) {
    if (captured(name)) bytes += 4 * sizeOf(shape);
  }
  return bytes;
}

/**
 * What a run keeps by default: all sites and the logits of `rows`, or as many of them by priority as the budget allows.
 * Rows of logits are the first to be left out: `derive` has them again from the stack's output.
 */
export function defaultCapture(
  spec: ModelSpec,
  lengths: readonly number[],
  rows: LogitRows = "all",
  budget = TRACE_BUDGET,
): { readonly capture: Capture; readonly logits: LogitRows } {
  for (const logits of [rows, "last"] as const) {
    if (traceBytes(spec, lengths, "all", logits) < budget) return { capture: "all", logits };
  }
  let capture: readonly SitePattern[] = [];
  for (const more of PRIORITIES) {
    const next = [...capture, ...more];
    if (traceBytes(spec, lengths, next, "last") < budget) capture = next;
  }
  return { capture, logits: "last" };
}
