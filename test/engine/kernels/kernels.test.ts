import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DotShape } from "../../../src/engine/kernels/kernels";
import { backends } from "./backends";
import { expectClose, outlet, place, random, runs, seed, small, values } from "./support";

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
});
