import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Activation } from "../../../src/engine/spec";
import { backends } from "./backends";
import { expectClose, outlet, place, random, runs, seed, small, values } from "./support";

describe.each(backends)("row by row, the $name kernels", ({ create }) => {
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
