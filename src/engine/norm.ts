import type { Buf } from "./kernels/kernels";
import type { Pass } from "./pass";
import { vectorOf } from "./prepare";
import type { NormSpec } from "./spec";

/**
 * layer: (x − mean)/√(var + ε)·w + b; rms: x/√(mean(x²) + ε)·w. x [rows, width] → [rows, width].
 * Sites `{name}.step_mean` (layer only), `.hook_scale`, `.hook_normalized` (before w and b), `.hook_out`; the weights
 * are `{weights}.w` and `.b`. (Ba et al. 2016; Zhang and Sennrich 2019; equations
 * 9–13 of docs/maths.md.)
 */
export function norm(pass: Pass, name: string, weights: string, spec: NormSpec, x: Buf, width: number): Buf {
  const { kernels, model } = pass;
  const rows = x.length / width;
  const w = vectorOf(model, `${weights}.w`);
  const b = vectorOf(model, `${weights}.b`);
  const out = kernels.alloc(x.length);
  const mean = spec.kind === "layer" ? kernels.alloc(rows) : null;
  const scale = kernels.alloc(rows);
  const normalized = kernels.alloc(x.length);
  kernels.norm(out, x, rows, width, spec, w, b, { mean, scale, normalized });

  if (mean !== null) pass.put(`${name}.step_mean`, mean, [rows, 1]);
  pass.put(`${name}.hook_scale`, scale, [rows, 1]);
  const statisticsEdited = pass.changed(`${name}.step_mean`) || pass.changed(`${name}.hook_scale`);
  if (statisticsEdited) normalise(normalized, x, mean, scale, width);
  pass.put(`${name}.hook_normalized`, normalized, [rows, width]);
  if (statisticsEdited || pass.changed(`${name}.hook_normalized`)) stretch(out, normalized, w, b, width);
  return pass.put(`${name}.hook_out`, out, [rows, width]);
}

/** normalized = (x − mean)/scale, from statistics that an edit has changed. */
function normalise(normalized: Buf, x: Buf, mean: Buf | null, scale: Buf, width: number): void {
  for (let n = 0; n < x.length; n++) {
    const row = Math.floor(n / width);
    normalized.data[n] = (x.data[n] - (mean === null ? 0 : mean.data[row])) / scale.data[row];
  }
}

/** out = normalized·w + b, from normalised values that an edit has changed. */
function stretch(out: Buf, normalized: Buf, w: Buf | null, b: Buf | null, width: number): void {
  for (let n = 0; n < out.length; n++) {
    const d = n % width;
    out.data[n] = normalized.data[n] * (w === null ? 1 : w.data[d]) + (b === null ? 0 : b.data[d]);
  }
}
