import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Buf, DotShape, Kernels } from "../../../src/engine/kernels/kernels";
import type { Activation } from "../../../src/engine/spec";
import { backends } from "./backends";

/** A number well away from any result: what must not be written keeps it. */
const UNTOUCHED = 12345;

function random(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) | 0;
    return (state >>> 8) / 2 ** 23 - 1;
  };
}

function values(length: number, next: () => number, spread = 1): Float32Array {
  return Float32Array.from({ length }, () => next() * spread);
}

/** A buffer with the values, between two stretches of other memory. */
function place(kernels: Kernels, data: Float32Array): Buf {
  const whole = kernels.alloc(data.length + 10);
  whole.data.fill(UNTOUCHED);
  whole.data.set(data, 5);
  return kernels.slice(whole, 5, data.length);
}

/** An output buffer and a check that nothing beside it was written. */
function outlet(kernels: Kernels, length: number): { out: Buf; clean: () => void } {
  const whole = kernels.alloc(length + 10);
  whole.data.fill(UNTOUCHED);
  const sides = () => [...whole.data.slice(0, 5), ...whole.data.slice(length + 5)];
  return {
    out: kernels.slice(whole, 5, length),
    clean: () => expect(sides()).toEqual(Array(10).fill(UNTOUCHED)),
  };
}

function expectClose(got: Float32Array, expected: readonly number[], tolerance = 1e-5): void {
  expect(got.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const want = expected[i] ?? Number.NaN;
    const have = got[i] ?? Number.NaN;
    if (have === want) continue;
    const off = Math.abs(have - want);
    if (!(off <= tolerance + tolerance * Math.abs(want)))
      expect({ i, value: have }).toEqual({ i, value: want });
  }
}

const small = fc.integer({ min: 1, max: 19 });
const seed = fc.integer({ min: 1, max: 1e9 });
const runs = { numRuns: 60 };

describe.each(backends)("the $name kernels", ({ create }) => {
  it("multiply matrices of any size, packed from either layout, with bias and accumulation", () => {
    const check = fc.property(
      small,
      small,
      small,
      seed,
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      (rows, inDim, outDim, s, transposed, withBias, accumulate) => {
        const kernels = create();
        const next = random(s);
        const x = values(rows * inDim, next);
        const w = values(inDim * outDim, next);
        const bias = withBias ? values(outDim, next) : null;
        const before = values(rows * outDim, next);
        const weight = (i: number, o: number) => w[transposed ? o * inDim + i : i * outDim + o] ?? 0;
        const matrix = kernels.pack(w, inDim, outDim, transposed ? "out_in" : "in_out");
        const { out, clean } = outlet(kernels, rows * outDim);
        out.data.set(before);
        kernels.linear(out, place(kernels, x), rows, matrix, bias && place(kernels, bias), accumulate);
        const expected = Array.from({ length: rows * outDim }, (_, at) => {
          const [r, o] = [Math.floor(at / outDim), at % outDim];
          let sum = (bias?.[o] ?? 0) + (accumulate ? (before[at] ?? 0) : 0);
          for (let i = 0; i < inDim; i++) sum += (x[r * inDim + i] ?? 0) * weight(i, o);
          return sum;
        });
        expectClose(out.data, expected);
        clean();
        for (let o = 0; o < outDim; o++) {
          expect([...kernels.column(matrix, o)]).toEqual(
            Array.from({ length: inDim }, (_, i) => weight(i, o)),
          );
        }
      },
    );
    fc.assert(check, runs);
  });

  it("pack a weight of more than 4 MB, from where it is, as they pack a small one", () => {
    const kernels = create();
    const next = random(7);
    const [inDim, outDim] = [1030, 1021];
    const x = values(inDim, next);
    const w = values(inDim * outDim, next);
    for (const layout of ["in_out", "out_in"] as const) {
      const weight = (i: number, o: number) => w[layout === "out_in" ? o * inDim + i : i * outDim + o] ?? 0;
      const matrix = kernels.pack(w, inDim, outDim, layout);
      const { out, clean } = outlet(kernels, outDim);
      kernels.linear(out, place(kernels, x), 1, matrix, null);
      const expected = Array.from({ length: outDim }, (_, o) =>
        x.reduce((sum, value, i) => sum + value * weight(i, o), 0),
      );
      expectClose(out.data, expected);
      clean();
    }
  });

  it("lay a product out head first, with the bits of the plain product, whatever the width of a head", () => {
    const check = fc.property(
      small,
      small,
      fc.integer({ min: 1, max: 4 }),
      small,
      seed,
      (rows, inDim, heads, dHead, s) => {
        const kernels = create();
        const next = random(s);
        const outDim = heads * dHead;
        const matrix = kernels.pack(values(inDim * outDim, next), inDim, outDim, "in_out");
        const x = place(kernels, values(rows * inDim, next));
        const bias = place(kernels, values(outDim, next));
        const flat = kernels.alloc(rows * outDim);
        kernels.linear(flat, x, rows, matrix, bias);
        const { out, clean } = outlet(kernels, rows * outDim);
        kernels.project(out, x, rows, matrix, bias, heads);
        const at = (h: number, r: number, d: number) => flat.data[r * outDim + h * dHead + d];
        const expected = Array.from({ length: rows * outDim }, (_, n) =>
          at(Math.floor(n / (rows * dHead)), Math.floor(n / dHead) % rows, n % dHead),
        );
        expect([...out.data]).toEqual(expected);
        clean();
      },
    );
    fc.assert(check, runs);
  });

  it("hide cells of every head alike", () => {
    const check = fc.property(
      small,
      small,
      seed,
      fc.constantFrom(-Infinity, -3),
      (heads, cells, s, value) => {
        const kernels = create();
        const next = random(s);
        const before = values(heads * cells, next);
        const hidden = Float32Array.from({ length: cells }, () => (next() > 0 ? 1 : 0));
        const { out, clean } = outlet(kernels, heads * cells);
        out.data.set(before);
        kernels.hide(out, place(kernels, hidden), value);
        expect([...out.data]).toEqual(
          [...before].map((score, n) => (hidden[n % cells] === 1 ? value : score)),
        );
        clean();
      },
    );
    fc.assert(check, runs);
  });

  it("score and mix heads, also grouped and under a causal mask with a past", () => {
    const check = fc.property(
      small,
      small,
      small,
      fc.constantFrom([4, 4], [4, 2], [3, 1]),
      seed,
      fc.boolean(),
      (queries, past, dHead, [heads = 1, kvHeads = 1], s, causal) => {
        const kernels = create();
        const next = random(s);
        const keys = queries + past - 1;
        const d: DotShape = { heads, kvHeads, queries, keys, dHead, causalFrom: causal ? past - 1 : null };
        const q = values(heads * queries * dHead, next);
        const k = values(kvHeads * keys * dHead, next);
        const v = values(kvHeads * keys * dHead, next);
        const group = (h: number) => Math.floor((h * kvHeads) / heads);
        const seen = (i: number, j: number) => d.causalFrom === null || j <= d.causalFrom + i;
        const scores: number[] = [];
        for (let h = 0; h < heads; h++)
          for (let i = 0; i < queries; i++)
            for (let j = 0; j < keys; j++) {
              let sum = 0;
              for (let e = 0; e < dHead; e++)
                sum += (q[(h * queries + i) * dHead + e] ?? 0) * (k[(group(h) * keys + j) * dHead + e] ?? 0);
              scores.push(seen(i, j) ? sum : 0);
            }
        const dot = outlet(kernels, scores.length);
        kernels.dot(dot.out, place(kernels, q), place(kernels, k), d);
        expectClose(dot.out.data, scores);
        dot.clean();
        const mixed: number[] = [];
        for (let h = 0; h < heads; h++)
          for (let i = 0; i < queries; i++)
            for (let e = 0; e < dHead; e++) {
              let sum = 0;
              for (let j = 0; j < keys; j++)
                sum +=
                  (scores[(h * queries + i) * keys + j] ?? 0) * (v[(group(h) * keys + j) * dHead + e] ?? 0);
              mixed.push(sum);
            }
        const mix = outlet(kernels, mixed.length);
        kernels.mix(mix.out, place(kernels, Float32Array.from(scores)), place(kernels, v), d);
        expectClose(mix.out.data, mixed);
        mix.clean();
      },
    );
    fc.assert(check, runs);
  });

  it("take the softmax of each row in its stages, with −∞ scores and rows that are all −∞", () => {
    const check = fc.property(small, small, seed, fc.boolean(), (rows, columns, s, keep) => {
      const kernels = create();
      const next = random(s);
      const scores = values(rows * columns, () => (next() > 0.4 ? Number.NEGATIVE_INFINITY : next() * 30));
      const at = (r: number, j: number) => scores[r * columns + j] ?? 0;
      const rowMax = Array.from({ length: rows }, (_, r) =>
        Math.max(...Array.from({ length: columns }, (_, j) => at(r, j))),
      );
      const exp = Array.from(scores, (x, i) =>
        x === Number.NEGATIVE_INFINITY ? 0 : Math.exp(x - (rowMax[Math.floor(i / columns)] ?? 0)),
      );
      const rowSum = rowMax.map((_, r) => exp.slice(r * columns, (r + 1) * columns).reduce((a, b) => a + b));
      const pattern = exp.map((e, i) => (e === 0 ? 0 : e / (rowSum[Math.floor(i / columns)] ?? 0)));
      const out = outlet(kernels, rows * columns);
      const kept = {
        rowMax: outlet(kernels, rows),
        exp: outlet(kernels, rows * columns),
        rowSum: outlet(kernels, rows),
      };
      kernels.softmax(out.out, place(kernels, scores), rows, columns, {
        rowMax: keep ? kept.rowMax.out : null,
        exp: keep ? kept.exp.out : null,
        rowSum: keep ? kept.rowSum.out : null,
      });
      expectClose(out.out.data, pattern);
      out.clean();
      if (!keep) return;
      expectClose(kept.rowMax.out.data, rowMax);
      expectClose(kept.exp.out.data, exp);
      expectClose(kept.rowSum.out.data, rowSum);
      for (const stage of Object.values(kept)) stage.clean();
    });
    fc.assert(check, runs);
  });

  it("normalise rows by LayerNorm and by root mean square, keeping mean, scale and the normalised row", () => {
    const check = fc.property(
      small,
      small,
      seed,
      fc.constantFrom("layer" as const, "rms" as const),
      fc.boolean(),
      (rows, width, s, kind, affine) => {
        const kernels = create();
        const next = random(s);
        const eps = 1e-3;
        const x = values(rows * width, next, 3);
        const [w, b] = affine ? [values(width, next), values(width, next)] : [null, null];
        const mean: number[] = [];
        const scale: number[] = [];
        const normalized: number[] = [];
        for (let r = 0; r < rows; r++) {
          const row = [...x.slice(r * width, (r + 1) * width)];
          const m = kind === "layer" ? row.reduce((a, c) => a + c, 0) / width : 0;
          const root = Math.sqrt(row.reduce((a, c) => a + (c - m) ** 2, 0) / width + eps);
          mean.push(m);
          scale.push(root);
          normalized.push(...row.map((c) => (c - m) / root));
        }
        const expected = normalized.map((c, i) => c * (w?.[i % width] ?? 1) + (b?.[i % width] ?? 0));
        const out = outlet(kernels, rows * width);
        const kept = {
          mean: outlet(kernels, rows),
          scale: outlet(kernels, rows),
          normalized: outlet(kernels, rows * width),
        };
        kernels.norm(
          out.out,
          place(kernels, x),
          rows,
          width,
          { kind, eps },
          w && place(kernels, w),
          b && place(kernels, b),
          {
            mean: kind === "layer" ? kept.mean.out : null,
            scale: kept.scale.out,
            normalized: kept.normalized.out,
          },
        );
        expectClose(out.out.data, expected);
        if (kind === "layer") expectClose(kept.mean.out.data, mean);
        expectClose(kept.scale.out.data, scale);
        expectClose(kept.normalized.out.data, normalized);
        for (const stage of [out, ...Object.values(kept)]) stage.clean();
      },
    );
    fc.assert(check, runs);
  });

  const sigma = (t: number) => 1 / (1 + Math.exp(-t));
  const truth: Readonly<Record<Activation, (x: number) => number>> = {
    gelu: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
    gelu_tanh: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
    quick_gelu: (x) => x * sigma(1.702 * x),
    relu: (x) => Math.max(0, x),
    silu: (x) => x * sigma(x),
    tanh: Math.tanh,
  };

  it.each(Object.keys(truth) as Activation[])("compute %s from −12 to 12, in place too", (kind) => {
    const kernels = create();
    const x = Float32Array.from({ length: 241 }, (_, i) => (i - 120) / 10);
    const expected = Array.from(x, (t) => truth[kind](t));
    const { out, clean } = outlet(kernels, x.length);
    kernels.activate(out, place(kernels, x), kind);
    expectClose(out.data, expected, 2e-6);
    clean();
    const same = place(kernels, x);
    kernels.activate(same, same, kind);
    expect([...same.data]).toEqual([...out.data]);
  });

  it("add, multiply and scale elementwise, in place too", () => {
    const check = fc.property(small, seed, (length, s) => {
      const kernels = create();
      const next = random(s);
      const [a, b] = [values(length, next), values(length, next)];
      const pa = place(kernels, a);
      const pb = place(kernels, b);
      const sum = outlet(kernels, length);
      kernels.add(sum.out, pa, pb);
      expectClose(
        sum.out.data,
        [...a].map((x, i) => x + (b[i] ?? 0)),
      );
      sum.clean();
      kernels.multiply(pb, pa, pb);
      expectClose(
        pb.data,
        [...a].map((x, i) => x * (b[i] ?? 0)),
      );
      kernels.scale(pa, pa, -2.5);
      expectClose(
        pa.data,
        [...a].map((x) => -2.5 * x),
      );
    });
    fc.assert(check, runs);
  });

  it("give a row the same bits alone as among others", () => {
    const check = fc.property(
      fc.integer({ min: 2, max: 11 }),
      small,
      small,
      seed,
      (rows, inDim, outDim, s) => {
        const kernels = create();
        const next = random(s);
        const matrix = kernels.pack(values(inDim * outDim, next), inDim, outDim, "in_out");
        const bias = kernels.keep(values(outDim, next));
        const x = place(kernels, values(rows * inDim, next));
        const all = kernels.alloc(rows * outDim);
        kernels.linear(all, x, rows, matrix, bias);
        for (let r = 0; r < rows; r++) {
          const one = kernels.alloc(outDim);
          kernels.linear(one, kernels.slice(x, r * inDim, inDim), 1, matrix, bias);
          expect([...one.data]).toEqual([...all.data.slice(r * outDim, (r + 1) * outDim)]);
        }
      },
    );
    fc.assert(check, runs);
  });

  it("keep weights and earlier scratch while the memory grows, and reuse what was released", () => {
    const kernels = create();
    const kept = kernels.keep(Float32Array.of(1, 2, 3));
    const early = kernels.alloc(4);
    early.data.fill(7);
    const mark = kernels.mark();
    const big = kernels.alloc(6_000_000);
    big.data[5_999_999] = 9;
    expect([[...kept.data], [...early.data], big.data[5_999_999]]).toEqual([[1, 2, 3], [7, 7, 7, 7], 9]);
    kernels.release(mark);
    const again = kernels.alloc(6_000_000);
    again.data.fill(1);
    expect([[...kept.data], [...early.data]]).toEqual([
      [1, 2, 3],
      [7, 7, 7, 7],
    ]);
  });
});

/** erf by its series (|x| < 3) and 1 − tail by continued fraction beyond: an independent reference. */
function erf(x: number): number {
  if (Math.abs(x) < 3) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 80; n++) {
      term *= -(x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 60; n >= 1; n--) fraction = n / 2 / (Math.abs(x) + fraction);
  const tail = Math.exp(-x * x) / (Math.sqrt(Math.PI) * (Math.abs(x) + fraction));
  return Math.sign(x) * (1 - tail);
}
