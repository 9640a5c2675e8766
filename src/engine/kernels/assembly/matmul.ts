import { F32, fma } from "./math";

/** Weights are packed in panels of eight columns: panel p holds, for each input i, the eight numbers w[i, 8p … 8p+7]. */
const PANEL: i32 = 8;
const PANEL_BYTES: usize = 32;
/** A 4 × 8 tile that no allocation ever gets: the last panel of a width that is no multiple of eight passes through it. */
const TILE: usize = 128;

/**
 * One tile: rows a, a + aStride … of x times one panel, into c. `R` carries the number of rows in its size, so that the
 * compiler drops the rows that are not there: i8 = 1, i16 = 2, i32 = 3, i64 = 4. Every row adds its products in the same
 * order whatever the tile, so a row's result does not depend on its neighbours. The inner loop is not unrolled: the
 * accumulators then stay in registers.
 */
// @ts-ignore: decorator
@inline
function tile<R>(a: usize, aStride: usize, panel: usize, c: usize, cStride: usize, inDim: usize, bias: usize, accumulate: bool): void {
  const two = sizeof<R>() >= 2;
  const three = sizeof<R>() >= 4;
  const four = sizeof<R>() >= 8;
  const bias0 = bias ? v128.load(bias) : f32x4.splat(0);
  const bias1 = bias ? v128.load(bias, 16) : f32x4.splat(0);
  let c00 = bias0, c01 = bias1, c10 = bias0, c11 = bias1, c20 = bias0, c21 = bias1, c30 = bias0, c31 = bias1;
  let a0 = a, a1 = a + aStride, a2 = a + 2 * aStride, a3 = a + 3 * aStride;
  for (const end = panel + inDim * PANEL_BYTES; panel < end; panel += PANEL_BYTES) {
    const w0 = v128.load(panel);
    const w1 = v128.load(panel, 16);
    const x0 = v128.load_splat<f32>(a0);
    c00 = fma(x0, w0, c00);
    c01 = fma(x0, w1, c01);
    a0 += F32;
    if (two) {
      const x1 = v128.load_splat<f32>(a1);
      c10 = fma(x1, w0, c10);
      c11 = fma(x1, w1, c11);
      a1 += F32;
    }
    if (three) {
      const x2 = v128.load_splat<f32>(a2);
      c20 = fma(x2, w0, c20);
      c21 = fma(x2, w1, c21);
      a2 += F32;
    }
    if (four) {
      const x3 = v128.load_splat<f32>(a3);
      c30 = fma(x3, w0, c30);
      c31 = fma(x3, w1, c31);
      a3 += F32;
    }
  }
  put(c, c00, c01, accumulate);
  if (two) put(c + cStride, c10, c11, accumulate);
  if (three) put(c + 2 * cStride, c20, c21, accumulate);
  if (four) put(c + 3 * cStride, c30, c31, accumulate);
}

// @ts-ignore: decorator
@inline
function put(to: usize, v0: v128, v1: v128, accumulate: bool): void {
  v128.store(to, accumulate ? f32x4.add(v128.load(to), v0) : v0);
  v128.store(to, accumulate ? f32x4.add(v128.load(to, 16), v1) : v1, 16);
}

function rowsOf(rows: usize, a: usize, aStride: usize, panel: usize, c: usize, cStride: usize, inDim: usize, bias: usize, accumulate: bool): void {
  switch (<i32>rows) {
    case 1: tile<i8>(a, aStride, panel, c, cStride, inDim, bias, accumulate); break;
    case 2: tile<i16>(a, aStride, panel, c, cStride, inDim, bias, accumulate); break;
    case 3: tile<i32>(a, aStride, panel, c, cStride, inDim, bias, accumulate); break;
    default: tile<i64>(a, aStride, panel, c, cStride, inDim, bias, accumulate);
  }
}

/** The same through the spare tile, for the columns from `o` on that are fewer than eight or lie in two groups. */
function partialTile(rows: usize, a: usize, aStride: usize, panel: usize, c: usize, cStride: usize, inDim: usize, bias: usize, accumulate: bool, o: usize, columns: usize, group: usize, groupStride: usize): void {
  if (accumulate) for (let r: usize = 0; r < rows; r++) memory.copy(TILE + r * PANEL_BYTES, c + r * cStride + o * F32, columns * F32);
  rowsOf(rows, a, aStride, panel, TILE, PANEL_BYTES, inDim, bias, accumulate);
  for (let j: usize = 0; j < columns; j++) {
    const to = c + ((o + j) / group) * groupStride + ((o + j) % group) * F32;
    for (let r: usize = 0; r < rows; r++) store<f32>(to + r * cStride, load<f32>(TILE + r * PANEL_BYTES + j * F32));
  }
}

/**
 * c[r, o] = Σ_i a[r, i]·w[i, o] + bias[o] (+ c[r, o]). Strides are in bytes. Every `group` columns go to a place of their own,
 * `groupStride` further: the heads of a projection (not with `accumulate`). `kind` 0: everything. `kind` 1 (scores under
 * a causal mask): row r needs columns ≤ causalFrom + r only; the cells beyond become 0. `kind` 2 (values under a causal
 * mask): row r reads inputs ≤ causalFrom + r only, the rest being zeros. Rows go in blocks of near-equal size ≤ 4.
 */
export function matmul(c: usize, cStride: usize, a: usize, aStride: usize, rows: usize, w: usize, inDim: usize, outDim: usize, bias: usize, accumulate: bool, group: usize, groupStride: usize, kind: i32, causalFrom: i32): void {
  if (rows == 0) return;
  for (let o: usize = 0; o < outDim; o += <usize>PANEL) {
    const panel = w + o * inDim * F32;
    const columns = outDim - o;
    const skip = kind == 1 ? max<i32>(0, <i32>o - causalFrom) : 0;
    if (<usize>skip >= rows) break;
    let left = rows - <usize>skip;
    let row = <usize>skip;
    const bo = bias ? bias + o * F32 : 0;
    const within = o % group;
    const whole = columns >= <usize>PANEL && within + <usize>PANEL <= group;
    const to = c + (o / group) * groupStride + within * F32;
    while (left > 0) {
      const blocks = (left + 3) / 4;
      const count = (left + blocks - 1) / blocks;
      const used = kind == 2 ? min<usize>(inDim, <usize>max<i32>(0, causalFrom + <i32>(row + count))) : inDim;
      if (whole) rowsOf(count, a + row * aStride, aStride, panel, to + row * cStride, cStride, used, bo, accumulate);
      else partialTile(count, a + row * aStride, aStride, panel, c + row * cStride, cStride, used, bo, accumulate, o, min<usize>(<usize>PANEL, columns), group, groupStride);
      row += count;
      left -= count;
    }
  }
  if (kind != 1) return;
  for (let r: usize = 0; r < rows; r++) {
    const seen = min<usize>(outDim, <usize>max<i32>(0, causalFrom + <i32>r + 1));
    memory.fill(c + r * cStride + seen * F32, 0, (outDim - seen) * F32);
  }
}

/** Packs source [inDim, outDim] into panels, the last one filled with zeros. */
export function packInOut(to: usize, source: usize, inDim: usize, outDim: usize): void {
  for (let o: usize = 0; o < outDim; o += <usize>PANEL) {
    const columns = min<usize>(<usize>PANEL, outDim - o);
    for (let i: usize = 0; i < inDim; i++) {
      const from = source + (i * outDim + o) * F32;
      if (columns == <usize>PANEL) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      } else {
        memory.fill(to, 0, PANEL_BYTES);
        memory.copy(to, from, columns * F32);
      }
      to += PANEL_BYTES;
    }
  }
}

/** Packs source [outDim, inDim] (a transposed weight, or the keys) into panels. Full 4 × 4 squares are transposed in registers. */
export function packOutIn(to: usize, source: usize, inDim: usize, outDim: usize): void {
  const stride = inDim * F32;
  for (let o: usize = 0; o < outDim; o += <usize>PANEL) {
    const columns = min<usize>(<usize>PANEL, outDim - o);
    const from = source + o * stride;
    const fast = columns == <usize>PANEL ? inDim & ~3 : 0;
    for (let i: usize = 0; i < fast; i += 4) {
      transpose(to + i * PANEL_BYTES, from + i * F32, stride);
      transpose(to + i * PANEL_BYTES + 16, from + 4 * stride + i * F32, stride);
    }
    for (let i = fast; i < inDim; i++) {
      const row = to + i * PANEL_BYTES;
      memory.fill(row, 0, PANEL_BYTES);
      for (let j: usize = 0; j < columns; j++) store<f32>(row + j * F32, load<f32>(from + j * stride + i * F32));
    }
    to += inDim * PANEL_BYTES;
  }
}

// @ts-ignore: decorator
@inline
function transpose(to: usize, from: usize, stride: usize): void {
  const r0 = v128.load(from), r1 = v128.load(from + stride), r2 = v128.load(from + 2 * stride), r3 = v128.load(from + 3 * stride);
  const t0 = i32x4.shuffle(r0, r1, 0, 4, 1, 5), t1 = i32x4.shuffle(r0, r1, 2, 6, 3, 7);
  const t2 = i32x4.shuffle(r2, r3, 0, 4, 1, 5), t3 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(t0, t2, 0, 2));
  v128.store(to, i64x2.shuffle(t0, t2, 1, 3), 32);
  v128.store(to, i64x2.shuffle(t1, t3, 0, 2), 64);
  v128.store(to, i64x2.shuffle(t1, t3, 1, 3), 96);
}
