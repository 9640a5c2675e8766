import type { Activation, NormSpec } from "../spec";

/**
 * A run of floats in a backend's memory. `data` is a live view on it: read it again after anything that may allocate
 * (a WebAssembly memory that grows detaches old views).
 */
export interface Buf {
  readonly length: number;
  readonly data: Float32Array;
}

/** A matrix [inDim, outDim] in a backend's own packed layout; only its backend reads it. */
export interface Matrix {
  readonly inDim: number;
  readonly outDim: number;
}

/**
 * The arithmetic of the engine. Three implementations agree within 1e-4: plain TypeScript (the reference, written to be
 * read), plain SIMD and relaxed SIMD WebAssembly. A row of any result depends on that row's inputs alone, in an order
 * that does not depend on how many rows are computed, so that a cached prefix gives bit-for-bit the numbers of a full run.
 */
export interface Kernels {
  readonly name: "plain" | "simd" | "relaxed";

  // — memory —
  /** Scratch for one run; contents undefined. */
  alloc(length: number): Buf;
  /** Kept until it is given back by `free` or the backend is dropped (weights, biases, caches). */
  keep(values: Float32Array): Buf;
  /** A sub-range of a buffer (no copy). */
  slice(buf: Buf, start: number, length: number): Buf;
  /** Everything allocated by `alloc` after `mark` is given back by `release`. */
  mark(): number;
  release(mark: number): void;
  /** Packs a weight matrix for `linear`. "in_out": values[i·outDim + o] (x W); "out_in": values[o·inDim + i] (x Wᵀ). */
  pack(values: Float32Array, inDim: number, outDim: number, layout: "in_out" | "out_in"): Matrix;
  /** Gives back what `keep` or `pack` made, for another of that size. It must not be read any more. */
  free(made: Buf | Matrix): void;
  /** Column `out` of a packed matrix, [inDim]: what an explanation shows. */
  column(matrix: Matrix, out: number): Float32Array;

  // — operations: `out` is written, and must not overlap the inputs unless said —
  /** out[r, o] = Σ_i x[r, i]·w[i, o] + bias[o] (+ out[r, o] before, when `accumulate`). x [rows, inDim], out [rows, outDim]. */
  linear(out: Buf, x: Buf, rows: number, w: Matrix, bias: Buf | null, accumulate?: boolean): void;
  /** The same product laid out head first: out[h, r, d] = Σ_i x[r, i]·w[i, h·dHead + d] + bias[h·dHead + d]. out [heads, rows, outDim/heads]. */
  project(out: Buf, x: Buf, rows: number, w: Matrix, bias: Buf | null, heads: number): void;
  /**
   * out[h, i, j] = q[h, i, :]·k[g(h), j, :], g(h) = ⌊h·kvHeads/heads⌋. q [heads, queries, dHead], k [kvHeads, keys, dHead].
   * `causalFrom`: null for all cells; else query i sees keys j ≤ causalFrom + i and the cells above are left 0.
   */
  dot(out: Buf, q: Buf, k: Buf, d: DotShape): void;
  /** out[h, i, :] = Σ_j pattern[h, i, j]·v[g(h), j, :]. Keys above `causalFrom + i` are skipped (their pattern is 0). */
  mix(out: Buf, pattern: Buf, v: Buf, d: DotShape): void;
  /** scores[h, n] = value where hidden[n] is not 0, in place. hidden [cells], scores [heads, cells]. */
  hide(scores: Buf, hidden: Buf, value: number): void;
  /**
   * Softmax of each row in stages: rowMax[r], exp[r, j] = e^(s − rowMax), rowSum[r], pattern = exp/rowSum.
   * A row that is all −∞ gives zeros throughout (rowMax −∞, rowSum 0). Stage buffers may be null when not wanted.
   */
  softmax(
    pattern: Buf,
    scores: Buf,
    rows: number,
    columns: number,
    stages: { rowMax: Buf | null; exp: Buf | null; rowSum: Buf | null },
  ): void;
  /** mean[r] (layer only), scale[r] = √(var + ε) or rms, normalized = (x − mean)/scale, out = normalized·w + b. */
  norm(
    out: Buf,
    x: Buf,
    rows: number,
    width: number,
    spec: NormSpec,
    w: Buf | null,
    b: Buf | null,
    stages: { mean: Buf | null; scale: Buf | null; normalized: Buf | null },
  ): void;
  /** out = activation(x), elementwise; may be done in place. */
  activate(out: Buf, x: Buf, kind: Activation): void;
  /** out = a + b, elementwise; may be done in place. */
  add(out: Buf, a: Buf, b: Buf): void;
  /** out = a ⊙ b, elementwise; may be done in place. */
  multiply(out: Buf, a: Buf, b: Buf): void;
  /** out = factor·x; may be done in place. */
  scale(out: Buf, x: Buf, factor: number): void;
}

export interface DotShape {
  readonly heads: number;
  readonly kvHeads: number;
  readonly queries: number;
  readonly keys: number;
  readonly dHead: number;
  readonly causalFrom: number | null;
}
