import { describe, expect, test } from "vitest";
import { VariantError } from "../../src/engine/errors";
import { featuresOf } from "../../src/engine/features";
import { run } from "../../src/engine/forward";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { hiddenCells } from "../../src/engine/masks";
import { alibiSlopes } from "../../src/engine/positions";
import { createRng } from "../../src/engine/rng";
import type { MaskSpec } from "../../src/engine/spec";
import { applyVariant, type Variant, type VariantChange } from "../../src/engine/variants";
import { createVariations } from "../../src/engine/variedModel";
import { families } from "./support/families";
import { different, excess, nth, reader, rowsOf, total } from "./support/sites";
import { randomModel } from "./support/weights";

const { spec, input } = families["decoder-only"];
const model = randomModel(spec);
const variations = createVariations(model);
const PATTERN = "blocks.0.attn.hook_pattern";

function sitesOf(variant: Variant, ids = input.ids) {
  return run(variations.of(applyVariant(spec, variant)), { ids }, { capture: "all" }).sites;
}

const runWith = (variant: Variant, ids = input.ids) => reader(sitesOf(variant, ids));

/** Pairs that a mask leaves, of n queries and n keys. */
function pairs(mask: MaskSpec, n: number): number {
  return n * n - total(hiddenCells(mask, 0, n, n, null));
}

describe("no change", () => {
  test("is the same spec and the same model", () => {
    expect(applyVariant(spec, [])).toBe(spec);
    expect(variations.of(spec)).toBe(model);
  });

  test.each<[string, Variant]>([
    ["the scale that the model has", [{ kind: "scale", by: "root" }]],
    ["the mask that it has", [{ kind: "mask", mask: { kind: "causal" } }]],
    ["a window as long as the input", [{ kind: "mask", mask: { kind: "window", size: 99, causal: true } }]],
    ["a segment as long as the input", [{ kind: "mask", mask: { kind: "segments", size: 99, memory: 0 } }]],
    ["the positions that it has", [{ kind: "positions", scheme: "learned", past: "repeat" }]],
    ["temperature 1", [{ kind: "normaliser", normaliser: { kind: "softmax", temperature: 1 } }]],
    ["scores by product", [{ kind: "score", score: { rule: "dot" } }]],
    [
      "the ε that its norms have",
      [{ kind: "norm", norm: "layer", eps: spec.stacks[0]?.layers[0]?.norm?.eps ?? 0 }],
    ],
  ])("of a number, to the bit: %s", (_, variant) => {
    expect(different(sitesOf(variant), run(model, input, { capture: "all" }).sites)).toEqual([]);
  });
});

describe("of changes in order", () => {
  test("the later holds", () => {
    const twice = applyVariant(spec, [
      { kind: "scale", by: 3 },
      { kind: "scale", by: 0.5 },
    ]);
    expect(twice.stacks[0]?.layers[1]?.attn.scale).toBe(0.5);
  });

  test("one of a layer leaves the others", () => {
    const [first, second] = applyVariant(spec, [{ kind: "scale", by: 3, layer: 1 }]).stacks[0]?.layers ?? [];
    expect([first?.attn.scale, second?.attn.scale]).toEqual([spec.stacks[0]?.layers[0]?.attn.scale, 3]);
  });

  test("each says what it stands on", () => {
    const { changed } = applyVariant(spec, [
      { kind: "mask", mask: { kind: "none" } },
      { kind: "score", score: { rule: "additive" } },
      { kind: "positions", scheme: "alibi" },
    ]);
    expect(changed?.parts).toEqual([
      { part: "mask", source: "loaded" },
      { part: "score", source: "random" },
      { part: "positions", source: "loaded" },
    ]);
  });
});

describe("closed forms", () => {
  test("ALiBi's slopes are 2^(−8h/H), and its bias falls with the distance by them", () => {
    expect(alibiSlopes(8)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((h) => 2 ** -h));
    const read = runWith([{ kind: "positions", scheme: "alibi" }]);
    const [, second] = alibiSlopes(2);
    const bias = read("blocks.0.attn.step_bias");
    const n = input.ids.length;
    expect(bias.data[n * n + (n - 1) * n]).toBeCloseTo(-(second ?? 0) * (n - 1), 6);
  });

  test("rotated products depend on the distance alone", () => {
    const same = Array.from({ length: 6 }, () => nth(input.ids, 0));
    const scores = runWith([{ kind: "positions", scheme: "rotary" }], same)("blocks.0.attn.step_dot");
    for (const row of [1, 2, 3]) {
      expect(scores.data[row * 6 + row - 1]).toBeCloseTo(nth(scores.data, 5 * 6 + 4), 5);
      expect(scores.data[row * 6 + row]).toBeCloseTo(nth(scores.data, 0), 5);
    }
  });

  test("masks leave as many pairs as their formula says", () => {
    const n = 64;
    expect(pairs({ kind: "none" }, n)).toBe(n * n);
    expect(pairs({ kind: "causal" }, n)).toBe((n * (n + 1)) / 2);
    // 1 + 2 + … + (k − 1), then k in each row.
    expect(pairs({ kind: "window", size: 8, causal: true }, n)).toBe(8 * n - (8 * 7) / 2);
    expect(pairs({ kind: "window", size: 8, causal: false }, n)).toBe((2 * 8 - 1) * n - 8 * 7);
    expect(pairs({ kind: "dilated", step: 8, causal: false }, n)).toBe((n * n) / 8);
    expect(pairs({ kind: "block", size: 8, causal: false }, n)).toBe(8 * n);
    // Two globals: their rows and columns are 4n − 4 cells, of which the window has 3 + 4 in either and 4 in both.
    const band = pairs({ kind: "window", size: 3, causal: false }, n);
    expect(pairs({ kind: "longformer", size: 3, globals: 2, causal: false }, n)).toBe(
      band + 4 * n - 4 - (7 + 7 - 4),
    );
    expect(pairs({ kind: "prefix", length: 10 }, n)).toBe((n * (n + 1)) / 2 + (10 * 9) / 2);
    expect(pairs({ kind: "segments", size: 8, memory: 8 }, n)).toBe((n * 9) / 2 + (n - 8) * 8);
    const local = pairs({ kind: "window", size: 4, causal: true }, n);
    const atrous = pairs({ kind: "dilated", step: 8, causal: true }, n);
    expect(pairs({ kind: "strided", size: 4, step: 8, causal: true }, n)).toBe(local + atrous - n);
  });

  test("BigBird draws as many more keys as it says, the same for the same seed, and never one ahead", () => {
    const bigbird = (seed: number, causal: boolean): MaskSpec => ({
      kind: "bigbird",
      size: 1,
      globals: 0,
      random: 3,
      seed,
      causal,
    });
    const rows = (mask: MaskSpec) => hiddenCells(mask, 0, 40, 40, null);
    expect(rows(bigbird(1, true))).toEqual(rows(bigbird(1, true)));
    expect(rows(bigbird(1, true))).not.toEqual(rows(bigbird(2, true)));
    for (const causal of [true, false]) {
      const hidden = rows(bigbird(5, causal));
      for (let i = 0; i < 40; i++) {
        const seen = Array.from({ length: 40 }, (_, j) => j).filter((j) => hidden[i * 40 + j] === 0);
        expect(seen.length).toBeGreaterThanOrEqual(Math.min(3, causal ? i + 1 : 3));
        expect(seen.length).toBeLessThanOrEqual(4);
        if (causal) expect(Math.max(...seen)).toBe(i);
      }
    }
  });

  test("linear attention is Σ φ(k) vᵀ read by φ(q), one key after the other", () => {
    const read = runWith([{ kind: "score", score: { rule: "linear", features: "elu" } }]);
    const [phiQ, phiK] = [read("blocks.0.attn.step_phi_q"), read("blocks.0.attn.step_phi_k")];
    const [v, z] = [read("blocks.0.attn.hook_v"), read("blocks.0.attn.hook_z")];
    const [heads = 0, n = 0, d = 0] = z.shape;
    const mixed = new Float32Array(z.data.length);
    for (let h = 0; h < heads; h++) {
      const state = new Float64Array(d * d);
      const sums = new Float64Array(d);
      for (let i = 0; i < n; i++) {
        const at = (h * n + i) * d;
        for (let a = 0; a < d; a++) {
          sums[a] = nth(sums, a) + nth(phiK.data, at + a);
          for (let b = 0; b < d; b++) {
            state[a * d + b] = nth(state, a * d + b) + nth(phiK.data, at + a) * nth(v.data, at + b);
          }
        }
        const below = total(Array.from({ length: d }, (_, a) => nth(phiQ.data, at + a) * nth(sums, a)));
        for (let b = 0; b < d; b++) {
          const top = total(
            Array.from({ length: d }, (_, a) => nth(phiQ.data, at + a) * nth(state, a * d + b)),
          );
          mixed[at + b] = top / below;
        }
      }
    }
    expect(excess(mixed, z.data)).toBe(0);
  });

  test("Performer's features multiply to e^(q·k/√d) on average", () => {
    const kernels = createPlainKernels();
    const rng = createRng(3);
    const d = 8;
    const x = kernels.alloc(2 * d);
    x.data.set(Float32Array.from({ length: 2 * d }, () => rng.normal() / 2));
    const exact = Math.exp(
      total(Array.from({ length: d }, (_, at) => nth(x.data, at) * nth(x.data, d + at))) / Math.sqrt(d),
    );
    const means = [1, 2, 3, 4].map((seed) => {
      const phi = featuresOf(kernels, { kind: "positiveRandom", count: 4096, seed }, x, d);
      return total(Array.from({ length: 4096 }, (_, f) => nth(phi.data, f) * nth(phi.data, 4096 + f)));
    });
    for (const mean of means) expect(Math.abs(mean / exact - 1)).toBeLessThan(0.1);
  });

  test("rows of softmax plus one fall short of 1 by e^(−max) of their sum", () => {
    const read = runWith([{ kind: "normaliser", normaliser: { kind: "softmaxPlusOne", temperature: 1 } }]);
    const [pattern, max, sum] = [PATTERN, "blocks.0.attn.step_row_max", "blocks.0.attn.step_row_sum"].map(
      read,
    );
    rowsOf(pattern ?? read(PATTERN)).forEach((row, r) => {
      const nothing = Math.exp(-nth(max?.data ?? [], r)) / nth(sum?.data ?? [], r);
      expect(total(row) + nothing).toBeCloseTo(1, 5);
    });
  });

  test("a norm's divisor squared is the variance and ε, and without γ and β its output is what it normalised", () => {
    const read = runWith([{ kind: "norm", norm: "layer", eps: 0.5, affine: false }]);
    rowsOf(read("blocks.1.hook_resid_pre")).forEach((row, at) => {
      const mean = total(row) / row.length;
      const variance = total(row.map((value) => (value - mean) ** 2)) / row.length;
      expect(nth(read("blocks.1.ln1.hook_scale").data, at) ** 2 / (variance + 0.5)).toBeCloseTo(1, 5);
    });
    expect(read("blocks.1.ln1.hook_out").data).toEqual(read("blocks.1.ln1.hook_normalized").data);
    const stretched = runWith([{ kind: "norm", norm: "layer", eps: 0.5 }]);
    expect(stretched("blocks.1.ln1.hook_out").data).not.toEqual(
      stretched("blocks.1.ln1.hook_normalized").data,
    );
  });

  test("with mask value 0 the future still takes probability, with −10000 it takes none", () => {
    const ahead = (value: number) => {
      const pattern = runWith([{ kind: "maskValue", value }])(PATTERN);
      return total(rowsOf(pattern).map((row, r) => total(row.slice((r % input.ids.length) + 1))));
    };
    expect(ahead(0)).toBeGreaterThan(0.5);
    expect(ahead(-10_000)).toBe(0);
  });
});

describe("what cannot be", () => {
  test.each<[string, VariantChange, string]>([
    ["a scale of ∞", { kind: "scale", by: Number.POSITIVE_INFINITY }, "notFinite"],
    ["a scale that is no number", { kind: "scale", by: Number.NaN }, "notFinite"],
    ["a mask value of ∞", { kind: "maskValue", value: Number.POSITIVE_INFINITY }, "notFinite"],
    ["temperature 0", { kind: "normaliser", normaliser: { kind: "softmax", temperature: 0 } }, "notPositive"],
    ["an ε below 0", { kind: "norm", norm: "rms", eps: -1 }, "notPositive"],
    ["an ε of ∞", { kind: "norm", norm: "layer", eps: Number.POSITIVE_INFINITY }, "notFinite"],
    ["a window of nothing", { kind: "mask", mask: { kind: "window", size: 0, causal: true } }, "badSize"],
    ["half a step", { kind: "mask", mask: { kind: "dilated", step: 1.5, causal: true } }, "badSize"],
    ["a layer that is not there", { kind: "residual", residual: false, layer: 9 }, "noLayer"],
    ["a head that is not there", { kind: "heads", heads: [7] }, "noHead"],
    ["a context of millions", { kind: "context", length: 5_000_000 }, "badSize"],
  ])("is refused with its reason: %s", (_, change, reason) => {
    expect(() => applyVariant(spec, [change])).toThrow(VariantError);
    try {
      applyVariant(spec, [change]);
    } catch (error) {
      expect(error).toMatchObject({ details: { change: change.kind, reason } });
    }
  });

  test("a scale of 0 leaves nothing to choose by: each row is shared out evenly over what it sees", () => {
    const rows = rowsOf(runWith([{ kind: "scale", by: 0 }])(PATTERN));
    for (const [r, row] of rows.entries()) {
      const seen = (r % input.ids.length) + 1;
      for (const share of row.slice(0, seen)) expect(share).toBeCloseTo(1 / seen, 6);
      expect(total(row.slice(seen))).toBe(0);
    }
  });

  test("a row that sees nothing is a row of zeros, whatever normalises it", () => {
    const rows = ["1", "00", "001"];
    for (const kind of ["softmax", "softmaxPlusOne", "squaredRelu", "sum", "none"] as const) {
      const normaliser =
        kind === "softmax" || kind === "softmaxPlusOne" ? { kind, temperature: 1 } : { kind };
      const read = runWith([
        { kind: "mask", mask: { kind: "drawn", rows, causal: true } },
        { kind: "normaliser", normaliser },
      ]);
      expect(total(rowsOf(read(PATTERN))[1] ?? [1])).toBe(0);
      expect(read("logits").data.every(Number.isFinite)).toBe(true);
    }
  });

  test("a Synthesizer reads no more positions than its tables have", () => {
    const long = Array.from({ length: 17 }, () => nth(input.ids, 0));
    const variant: Variant = [
      { kind: "score", score: { rule: "random" } },
      { kind: "positions", scheme: "none" },
      { kind: "context", length: 64 },
    ];
    expect(() => runWith(variant, long)).toThrow("at most 16");
  });

  test("learned positions end with their table, or repeat the last row where that is asked for", () => {
    const long = Array.from({ length: 20 }, () => nth(input.ids, 0));
    const longer: VariantChange = { kind: "context", length: 64 };
    expect(() => runWith([longer], long)).toThrow("at most 16");
    const positions = runWith(
      [longer, { kind: "positions", scheme: "learned", past: "repeat" }],
      long,
    )("hook_pos_embed");
    const [row15, row19] = [rowsOf(positions)[15], rowsOf(positions)[19]];
    expect(row19).toEqual(row15);
  });
});

test("random weights are the same for the same seed and nothing like the loaded ones", () => {
  const drawn = (seed: number): Variant => [{ kind: "weights", init: "xavier", seed, all: true }];
  expect(different(sitesOf(drawn(1)), sitesOf(drawn(1)))).toEqual([]);
  expect(sitesOf(drawn(1)).logits?.data).not.toEqual(sitesOf(drawn(2)).logits?.data);
  expect(sitesOf(drawn(1)).logits?.data).not.toEqual(sitesOf([]).logits?.data);
});
