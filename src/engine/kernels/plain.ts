import type { Activation, NormSpec } from "../spec";
import { activation } from "./activations";
import type { Buf, DotShape, Kernels, Matrix } from "./kernels";

/** A matrix of the plain backend: rows [inDim] of values [outDim], that is values[i·outDim + o]. */
interface PlainMatrix extends Matrix {
  readonly values: Float32Array;
}

/** The reference arithmetic: plain loops in the order of the formulas, sums in 64-bit floats, results in 32-bit floats. */
export function createPlainKernels(): Kernels {
  return {
    name: "plain",
    alloc: (length) => buf(new Float32Array(length)),
    keep: (values) => buf(values.slice()),
    free: () => {},
    slice: ({ data }, start, length) => buf(data.subarray(start, start + length)),
    mark: () => 0,
    release: () => undefined,
    pack,
    column,
    linear,
    project,
    dot,
    mix,
    hide,
    softmax,
    norm,
    activate,
    add: (out, a, b) => zip(out, a, b, (x, y) => x + y),
    multiply: (out, a, b) => zip(out, a, b, (x, y) => x * y),
    scale: (out, x, factor) => zip(out, x, x, (value) => factor * value),
  };
}

function buf(data: Float32Array): Buf {
  return { length: data.length, data };
}

function pack(values: Float32Array, inDim: number, outDim: number, layout: "in_out" | "out_in"): PlainMatrix {
  if (layout === "in_out") return { inDim, outDim, values: values.slice() };
  const packed = new Float32Array(inDim * outDim);
  for (let o = 0; o < outDim; o++) {
    for (let i = 0; i < inDim; i++) packed[i * outDim + o] = values[o * inDim + i];
  }
  return { inDim, outDim, values: packed };
}

function column(matrix: Matrix, out: number): Float32Array {
  const { values, inDim, outDim } = matrix as PlainMatrix;
  return Float32Array.from({ length: inDim }, (_, i) => values[i * outDim + out]);
}

/** out[r, o] = Σ_i x[r, i]·w[i, o] + bias[o] (+ out[r, o]). */
function linear(out: Buf, x: Buf, rows: number, w: Matrix, bias: Buf | null, accumulate = false): void {
  const { values, inDim, outDim } = w as PlainMatrix;
  const sums = new Float64Array(outDim);
  for (let r = 0; r < rows; r++) {
    sums.fill(0);
    for (let i = 0; i < inDim; i++) {
      const factor = x.data[r * inDim + i];
      for (let o = 0; o < outDim; o++) sums[o] += factor * values[i * outDim + o];
    }
    for (let o = 0; o < outDim; o++) {
      const before = accumulate ? out.data[r * outDim + o] : 0;
      out.data[r * outDim + o] = before + Math.fround(sums[o] + (bias === null ? 0 : bias.data[o]));
    }
  }
}

/** out[h, r, d] = Σ_i x[r, i]·w[i, h·dHead + d] + bias[h·dHead + d]. */
function project(out: Buf, x: Buf, rows: number, w: Matrix, bias: Buf | null, heads: number): void {
  const flat = buf(new Float32Array(rows * w.outDim)); // [rows, heads·dHead]
  linear(flat, x, rows, w, bias);
  const dHead = w.outDim / heads;
  for (let r = 0; r < rows; r++) {
    for (let h = 0; h < heads; h++) {
      const start = (r * heads + h) * dHead;
      out.data.set(flat.data.subarray(start, start + dHead), (h * rows + r) * dHead);
    }
  }
}

/** Keys that query i computes: all, or those up to its own position. */
function visible(d: DotShape, query: number): number {
  return d.causalFrom === null ? d.keys : Math.min(d.keys, d.causalFrom + query + 1);
}

/** out[h, i, j] = q[h, i, :]·k[g(h), j, :], g(h) = ⌊h·kvHeads/heads⌋. */
function dot(out: Buf, q: Buf, k: Buf, d: DotShape): void {
  for (let h = 0; h < d.heads; h++) {
    const group = Math.floor((h * d.kvHeads) / d.heads);
    for (let i = 0; i < d.queries; i++) {
      const row = (h * d.queries + i) * d.keys;
      const query = (h * d.queries + i) * d.dHead;
      const seen = visible(d, i);
      for (let j = 0; j < seen; j++) {
        const key = (group * d.keys + j) * d.dHead;
        let sum = 0;
        for (let e = 0; e < d.dHead; e++) sum += q.data[query + e] * k.data[key + e];
        out.data[row + j] = sum;
      }
      out.data.fill(0, row + seen, row + d.keys);
    }
  }
}

/** out[h, i, :] = Σ_j pattern[h, i, j]·v[g(h), j, :]. */
function mix(out: Buf, pattern: Buf, v: Buf, d: DotShape): void {
  const sums = new Float64Array(d.dHead);
  for (let h = 0; h < d.heads; h++) {
    const group = Math.floor((h * d.kvHeads) / d.heads);
    for (let i = 0; i < d.queries; i++) {
      sums.fill(0);
      const seen = visible(d, i);
      for (let j = 0; j < seen; j++) {
        const weight = pattern.data[(h * d.queries + i) * d.keys + j];
        const value = (group * d.keys + j) * d.dHead;
        for (let e = 0; e < d.dHead; e++) sums[e] += weight * v.data[value + e];
      }
      out.data.set(sums, (h * d.queries + i) * d.dHead);
    }
  }
}

/** scores[h, n] = value where hidden[n] is not 0. */
function hide(scores: Buf, hidden: Buf, value: number): void {
  const cells = hidden.length;
  for (let n = 0; n < scores.length; n++) if (hidden.data[n % cells] !== 0) scores.data[n] = value;
}

/** pattern[r, j] = e^(s[r, j] − max_j s) / Σ_j e^(s[r, j] − max_j s); a row that is all −∞ gives zeros. */
function softmax(
  pattern: Buf,
  scores: Buf,
  rows: number,
  columns: number,
  stages: { rowMax: Buf | null; exp: Buf | null; rowSum: Buf | null },
): void {
  const exp = new Float32Array(columns);
  for (let r = 0; r < rows; r++) {
    const row = scores.data.subarray(r * columns, (r + 1) * columns);
    const max = row.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      exp[j] = max === Number.NEGATIVE_INFINITY ? 0 : Math.exp(row[j] - max);
      sum += exp[j];
    }
    for (let j = 0; j < columns; j++) pattern.data[r * columns + j] = sum === 0 ? 0 : exp[j] / sum;
    if (stages.rowMax !== null) stages.rowMax.data[r] = max;
    if (stages.exp !== null) stages.exp.data.set(exp, r * columns);
    if (stages.rowSum !== null) stages.rowSum.data[r] = sum;
  }
}

/** layer: (x − mean)/√(var + ε)·w + b; rms: x/√(mean(x²) + ε)·w. */
function norm(
  out: Buf,
  x: Buf,
  rows: number,
  width: number,
  spec: NormSpec,
  w: Buf | null,
  b: Buf | null,
  stages: { mean: Buf | null; scale: Buf | null; normalized: Buf | null },
): void {
  for (let r = 0; r < rows; r++) {
    const row = x.data.subarray(r * width, (r + 1) * width);
    const mean = spec.kind === "rms" ? 0 : row.reduce((sum, value) => sum + value, 0) / width;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width;
    const scale = Math.sqrt(variance + spec.eps);
    for (let d = 0; d < width; d++) {
      const normalized = (row[d] - mean) / scale;
      if (stages.normalized !== null) stages.normalized.data[r * width + d] = normalized;
      out.data[r * width + d] = normalized * (w === null ? 1 : w.data[d]) + (b === null ? 0 : b.data[d]);
    }
    if (stages.mean !== null) stages.mean.data[r] = mean;
    if (stages.scale !== null) stages.scale.data[r] = scale;
  }
}

function activate(out: Buf, x: Buf, kind: Activation): void {
  const f = activation(kind);
  for (let n = 0; n < x.length; n++) out.data[n] = f(x.data[n]);
}

function zip(out: Buf, a: Buf, b: Buf, f: (x: number, y: number) => number): void {
  for (let n = 0; n < out.length; n++) out.data[n] = f(a.data[n], b.data[n]);
}
