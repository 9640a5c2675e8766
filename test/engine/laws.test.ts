import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run } from "../../src/engine/forward";
import { weightVector } from "../../src/engine/prepare";
import type { ModelSpec } from "../../src/engine/spec";
import { at, first } from "../../src/engine/tensor";
import { entries, excess, nth, reader, rowsOf, runAll, sum, total } from "./support/sites";
import { attentionSpec, blockSpec, layers, mlpSpec, modelSpec, stackSpec, tokenEmbed } from "./support/specs";
import { randomModel } from "./support/weights";

const activations = ["gelu", "gelu_tanh", "quick_gelu", "relu", "silu", "tanh"] as const;

/** Small decoder or encoder specs over every choice that the laws below do not depend on. */
const specs: fc.Arbitrary<ModelSpec> = fc
  .record({
    heads: fc.constantFrom([1, 1], [2, 1], [2, 2], [4, 2]),
    dHead: fc.constantFrom(2, 4),
    dModel: fc.integer({ min: 3, max: 9 }),
    dMlp: fc.integer({ min: 1, max: 9 }),
    activation: fc.constantFrom(...activations),
    gated: fc.boolean(),
    place: fc.constantFrom("pre" as const, "post" as const),
    rms: fc.boolean(),
    mask: fc.constantFrom(
      { kind: "none" } as const,
      { kind: "causal" } as const,
      { kind: "window", size: 2, causal: true } as const,
      { kind: "window", size: 2, causal: false } as const,
    ),
  })
  .map(({ heads: [nHeads, nKvHeads], dHead, dModel, dMlp, activation, gated, place, rms, mask }) =>
    modelSpec({
      stacks: [
        stackSpec({
          dModel,
          embed: tokenEmbed({ width: dModel }),
          layers: layers(
            blockSpec({
              place,
              norm: { kind: rms ? "rms" : "layer", eps: 1e-5 },
              attn: attentionSpec({ nHeads, nKvHeads, dHead, mask }),
              mlp: mlpSpec({ dMlp, activation, gated }),
            }),
          ),
        }),
      ],
    }),
  );

const texts = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 6 });
const seeds = fc.integer({ min: 1, max: 1000 });

const cases = fc.record({ spec: specs, ids: texts, seed: seeds });

describe("laws of every run", () => {
  it("each row of a pattern sums to 1", () => {
    fc.assert(
      fc.property(cases, ({ spec, ids, seed }) => {
        const s = runAll(randomModel(spec, seed), { ids });
        for (const row of rowsOf(s("blocks.0.attn.hook_pattern"))) expect(total(row)).toBeCloseTo(1, 5);
      }),
      { numRuns: 50 },
    );
  });

  it("resid_mid is what the attention read plus attn_out, and resid_post what the MLP read plus mlp_out", () => {
    fc.assert(
      fc.property(cases, ({ spec, ids, seed }) => {
        const s = runAll(randomModel(spec, seed), { ids });
        const mid = s("blocks.0.hook_resid_mid");
        expect(excess(mid.data, sum(s("blocks.0.hook_resid_pre"), s("blocks.0.hook_attn_out")))).toBe(0);
        const post = spec.stacks.some(({ layers: [block] }) => block?.place === "post");
        const read = post ? s("blocks.0.ln1.hook_out") : mid;
        expect(excess(s("blocks.0.hook_resid_post").data, sum(read, s("blocks.0.hook_mlp_out")))).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it("the heads' results and b_O sum to attn_out", () => {
    fc.assert(
      fc.property(cases, ({ spec, ids, seed }) => {
        const model = randomModel(spec, seed);
        const s = runAll(model, { ids });
        const result = s("blocks.0.attn.hook_result");
        const heads = Array.from({ length: nth(result.shape, 0) }, (_, h) => first(result, h));
        const bias = weightVector(model, "blocks.0.attn.b_O") ?? [];
        const expected = s("blocks.0.hook_attn_out").data.map(
          (_, n) => nth(bias, n % bias.length) + total(heads.map(({ data }) => nth(data, n))),
        );
        expect(excess(s("blocks.0.hook_attn_out").data, expected)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it("hook_out is hook_normalized times the gain plus the bias, and hook_normalized has mean square 1", () => {
    fc.assert(
      fc.property(cases, ({ spec, ids, seed }) => {
        const model = randomModel(spec, seed);
        const s = runAll(model, { ids });
        const gain = weightVector(model, "blocks.0.ln2.w") ?? [];
        const bias = weightVector(model, "blocks.0.ln2.b");
        const scales = s("blocks.0.ln2.hook_scale").data;
        const outs = rowsOf(s("blocks.0.ln2.hook_out"));
        rowsOf(s("blocks.0.ln2.hook_normalized")).forEach((row, i) => {
          const expected = row.map((value, d) => value * nth(gain, d) + (bias === null ? 0 : nth(bias, d)));
          expect(excess(nth(outs, i), expected)).toBe(0);
          const meanSquare = total(row.map((value) => value ** 2)) / row.length;
          expect(meanSquare).toBeCloseTo(1 - 1e-5 / nth(scales, i) ** 2, 3);
        });
      }),
      { numRuns: 50 },
    );
  });

  it("the stages of the scores follow from each other, and masked scores are −∞", () => {
    fc.assert(
      fc.property(cases, ({ spec, ids, seed }) => {
        const s = runAll(randomModel(spec, seed), { ids });
        const stage = (name: string) => s(`blocks.0.attn.${name}`).data;
        const scale = spec.stacks[0]?.layers[0]?.attn.scale ?? Number.NaN;
        const scaled = stage("step_dot").map((product) => product * scale);
        expect(excess(stage("step_scaled"), scaled)).toBe(0);
        stage("hook_attn_scores").forEach((score, n) => {
          if (score === Number.NEGATIVE_INFINITY) expect(nth(stage("hook_pattern"), n)).toBe(0);
          else expect(score).toBe(nth(stage("step_scaled"), n));
          const row = Math.floor(n / ids.length);
          const exp = Math.exp(score - nth(stage("step_row_max"), row));
          expect(nth(stage("step_exp"), n)).toBeCloseTo(exp, 5);
          expect(nth(stage("hook_pattern"), n)).toBeCloseTo(exp / nth(stage("step_row_sum"), row), 5);
        });
      }),
      { numRuns: 50 },
    );
  });

  it("permuting the tokens permutes pattern and output where there are neither positions nor a mask", () => {
    const attn = attentionSpec({ mask: { kind: "none" } });
    const embed = tokenEmbed({ positions: { kind: "none" } });
    const spec = modelSpec({ stacks: [stackSpec({ embed, layers: layers(blockSpec({ attn })) })] });
    const words = fc.uniqueArray(fc.integer({ min: 0, max: 10 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(words, seeds, (ids, seed) => {
        const order = ids.map((_, n) => (n + 1) % ids.length);
        const model = randomModel(spec, seed);
        const original = runAll(model, { ids });
        const permuted = runAll(model, { ids: order.map((n) => nth(ids, n)) });
        const [patternA, patternB] = [original, permuted].map((s) => s("blocks.0.attn.hook_pattern"));
        const [rowsA, rowsB] = [original, permuted].map((s) => rowsOf(s("blocks.0.hook_resid_post")));
        order.forEach((oldQuery, i) => {
          expect(excess(nth(rowsB ?? [], i), nth(rowsA ?? [], oldQuery))).toBe(0);
          order.forEach((oldKey, j) => {
            if (patternA === undefined || patternB === undefined) throw new Error("no pattern");
            expect(at(patternB, 0, i, j)).toBeCloseTo(at(patternA, 0, oldQuery, oldKey), 4);
          });
        });
      }),
      { numRuns: 30 },
    );
  });

  it("later tokens change nothing before them under a causal mask", () => {
    fc.assert(
      fc.property(texts, texts, seeds, (start, end, seed) => {
        const model = randomModel(modelSpec(), seed);
        const short = runAll(model, { ids: start })("logits").data;
        const long = runAll(model, { ids: [...start, ...end] })("logits").data;
        expect([...long.subarray(0, short.length)]).toEqual([...short]);
      }),
      { numRuns: 30 },
    );
  });

  it("a query with nothing to attend to gets a row of zeros, and no number is NaN", () => {
    fc.assert(
      fc.property(cases, ({ spec, ids, seed }) => {
        const input = { ids, attentionMask: ids.map(() => 0) };
        const { sites } = run(randomModel(spec, seed), input, { capture: "all" });
        const s = reader(sites);
        expect(s("blocks.0.attn.hook_pattern").data.every((value) => value === 0)).toBe(true);
        expect(s("blocks.0.attn.step_row_sum").data.every((value) => value === 0)).toBe(true);
        const withNaN = entries(sites).filter(([, { data }]) => data.some(Number.isNaN));
        expect(withNaN.map(([name]) => name)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it("a finite mask value gives the softmax of that value", () => {
    const attn = attentionSpec({ nHeads: 1, nKvHeads: 1, maskValue: 0 });
    const spec = modelSpec({ stacks: [stackSpec({ layers: layers(blockSpec({ attn })) })] });
    const s = runAll(randomModel(spec), { ids: [1, 2], attentionMask: [0, 0] });
    expect([...s("blocks.0.attn.hook_attn_scores").data]).toEqual([0, 0, 0, 0]);
    expect([...s("blocks.0.attn.hook_pattern").data]).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it("a padded key is hidden from every query, and its own query still gets a row", () => {
    const attn = attentionSpec({ mask: { kind: "none" } });
    const spec = modelSpec({ stacks: [stackSpec({ layers: layers(blockSpec({ attn })) })] });
    const s = runAll(randomModel(spec), { ids: [1, 2, 3], attentionMask: [1, 1, 0] });
    const rows = rowsOf(s("blocks.0.attn.hook_pattern"));
    expect(rows).toHaveLength(6);
    for (const row of rows) {
      expect(nth(row, 2)).toBe(0);
      expect(total(row)).toBeCloseTo(1, 5);
    }
  });

  it("a parallel block without residual connections gives attention plus MLP", () => {
    const spec = modelSpec({
      stacks: [stackSpec({ layers: layers(blockSpec({ parallel: true, residual: false })) })],
    });
    const s = runAll(randomModel(spec, 5), { ids: [1, 2, 3] });
    const both = sum(s("blocks.0.hook_attn_out"), s("blocks.0.hook_mlp_out"));
    expect(excess(s("blocks.0.hook_resid_post").data, both)).toBe(0);
  });
});
