import { derivative } from "../kernels/activations";
import type { Kernels, Matrix } from "../kernels/kernels";
import type { Activation, AttentionPositions, NormSpec } from "../spec";

/**
 * One vector–Jacobian product per operation: from the gradient of a result to the gradient of an input. Weights get no
 * gradients, so a bias or a sum passes its gradient on unchanged and needs no function. Numbers are equations of
 * docs/maths.md.
 */

/** y = x W + b: dx = dy Wᵀ (66). dy [rows, out] → [rows, in] */
export function linearBack(kernels: Kernels, w: Matrix, dy: Float32Array): Float32Array {
  const rows = dy.length / w.outDim;
  const dx = new Float64Array(rows * w.inDim);
  for (let o = 0; o < w.outDim; o++) {
    let column: Float32Array | null = null;
    for (let r = 0; r < rows; r++) {
      const gradient = dy[r * w.outDim + o];
      if (gradient === 0) continue;
      column ??= kernels.column(w, o);
      for (let i = 0; i < w.inDim; i++) dx[r * w.inDim + i] += gradient * column[i];
    }
  }
  return Float32Array.from(dx);
}

/** y = f(x): dx = f′(x)·dy, entrywise (71). */
export function activateBack(kind: Activation, x: Float32Array, dy: Float32Array): Float32Array {
  const slope = derivative(kind);
  return dy.map((gradient, n) => gradient * slope(x[n]));
}

/** y = a ⊙ b: da = b ⊙ dy. */
export function multiplyBack(b: Float32Array, dy: Float32Array): Float32Array {
  return dy.map((gradient, n) => gradient * b[n]);
}

/** Gradients of the stages of a LayerNorm or RMSNorm. */
export interface NormGradients {
  readonly normalized: Float32Array;
  readonly scale: Float32Array;
  readonly mean: Float32Array;
  readonly x: Float32Array;
}

/**
 * n = (x − mean)/scale, scale = √(mean((x − mean)²) + ε), y = n·w + b. With c = x − mean:
 * dn = dy·w, dscale = −Σ dn·n/scale, dc = dn/scale + dscale·n/width, dmean = −Σ dc, dx = dc + dmean/width.
 * RMSNorm has no mean: dx = dc (70). normalized [rows, width], scale [rows].
 */
export function normBack(
  spec: NormSpec,
  gain: Float32Array,
  normalized: Float32Array,
  scale: Float32Array,
  dy: Float32Array,
): NormGradients {
  const width = gain.length;
  const dNormalized = dy.map((gradient, n) => gradient * gain[n % width]);
  const dScale = new Float32Array(scale.length);
  const dMean = new Float32Array(scale.length);
  const dx = new Float32Array(dy.length);
  for (let r = 0; r < scale.length; r++) {
    const start = r * width;
    let along = 0;
    for (let n = start; n < start + width; n++) along += dNormalized[n] * normalized[n];
    dScale[r] = -along / scale[r];
    let sum = 0;
    for (let n = start; n < start + width; n++) {
      dx[n] = dNormalized[n] / scale[r] + (dScale[r] * normalized[n]) / width;
      sum += dx[n];
    }
    if (spec.kind === "rms") continue;
    dMean[r] = -sum;
    for (let n = start; n < start + width; n++) dx[n] -= sum / width;
  }
  return { normalized: dNormalized, scale: dScale, mean: dMean, x: dx };
}

/** p = softmax(s) by rows: ds_j = p_j·(dp_j − Σ_k p_k dp_k) (67). [rows, columns] */
export function softmaxBack(pattern: Float32Array, dPattern: Float32Array, columns: number): Float32Array {
  const out = new Float32Array(pattern.length);
  for (let start = 0; start < pattern.length; start += columns) {
    let mean = 0;
    for (let n = start; n < start + columns; n++) mean += pattern[n] * dPattern[n];
    for (let n = start; n < start + columns; n++) out[n] = pattern[n] * (dPattern[n] - mean);
  }
  return out;
}

/** Lengths of an attention; query head h reads key/value head ⌊h·kvHeads/heads⌋. */
export interface HeadShape {
  readonly heads: number;
  readonly kvHeads: number;
  readonly queries: number;
  readonly keys: number;
  readonly dHead: number;
}

/** out[h, i, :] = Σ_j a[h, i, j]·b[g(h), j, :]: da[h, i, j] = dout[h, i, :]·b[g(h), j, :] (68). [head, query_pos, key_pos] */
export function weightsBack(b: Float32Array, dOut: Float32Array, s: HeadShape): Float32Array {
  const da = new Float32Array(s.heads * s.queries * s.keys);
  eachPair(s, (cell, query, key) => {
    let sum = 0;
    for (let d = 0; d < s.dHead; d++) sum += dOut[query + d] * b[key + d];
    da[cell] = sum;
  });
  return da;
}

/** The same: db[g, j, :] = Σ_{h in g} Σ_i a[h, i, j]·dout[h, i, :] (68, 69). [kv_head, key_pos, d_head] */
export function valuesBack(a: Float32Array, dOut: Float32Array, s: HeadShape): Float32Array {
  const db = new Float64Array(s.kvHeads * s.keys * s.dHead);
  eachPair(s, (cell, query, key) => {
    for (let d = 0; d < s.dHead; d++) db[key + d] += a[cell] * dOut[query + d];
  });
  return Float32Array.from(db);
}

/** s[h, i, j] = q[h, i, :]·k[g(h), j, :]: dq[h, i, :] = Σ_j ds[h, i, j]·k[g(h), j, :] (69). [head, query_pos, d_head] */
export function queriesBack(ds: Float32Array, k: Float32Array, s: HeadShape): Float32Array {
  const dq = new Float64Array(s.heads * s.queries * s.dHead);
  eachPair(s, (cell, query, key) => {
    for (let d = 0; d < s.dHead; d++) dq[query + d] += ds[cell] * k[key + d];
  });
  return Float32Array.from(dq);
}

/** Visits every cell [h, i, j] with the offsets of its query vector and of its key (or value) vector. */
function eachPair(s: HeadShape, visit: (cell: number, query: number, key: number) => void): void {
  for (let h = 0; h < s.heads; h++) {
    const group = Math.floor((h * s.kvHeads) / s.heads);
    for (let i = 0; i < s.queries; i++) {
      for (let j = 0; j < s.keys; j++) {
        const row = h * s.queries + i;
        visit(row * s.keys + j, row * s.dHead, (group * s.keys + j) * s.dHead);
      }
    }
  }
}

/** A rotation by an angle goes back by the opposite angle. [head, pos, d_head] */
export function rotateBack(
  spec: Extract<AttentionPositions, { kind: "rotary" }>,
): Extract<AttentionPositions, { kind: "rotary" }> {
  return { ...spec, inverseFrequencies: spec.inverseFrequencies.map((frequency) => -frequency) };
}
