import { describe, expect, it } from "vitest";
import { applyEdits, type Edit, type SiteEdit } from "../../src/engine/edits";
import { run } from "../../src/engine/forward";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { prepare } from "../../src/engine/prepare";
import type { Axis, Tensor } from "../../src/engine/tensor";
import { families } from "./support/families";
import { entries, excess, nth, reader, rowsOf, total } from "./support/sites";
import { modelSpec } from "./support/specs";
import { randomModel, randomValues, sourceOf } from "./support/weights";

const { spec, input } = families["decoder-only"];
const model = randomModel(spec);
const pattern = "blocks.0.attn.hook_pattern";

function runWith(edits: readonly Edit[], ids = input.ids) {
  return reader(run(model, { ids }, { capture: "all", edits }).sites);
}

/** One tensor [2, 2] after an edit. */
function edited(edit: SiteEdit, values: readonly number[], axes: readonly Axis[] = ["query_pos", "key_pos"]) {
  const tensor: Tensor = { data: Float32Array.from(values), shape: [2, 2], axes };
  applyEdits(tensor, [edit]);
  return [...tensor.data];
}

describe("one edit", () => {
  const site = "x";
  const one = { query: 0, key: 1 };
  it("zeroes, sets, scales or adds to the selected cells alone", () => {
    expect(edited({ kind: "zero", site, at: one }, [1, 2, 3, 4])).toEqual([1, 0, 3, 4]);
    expect(edited({ kind: "set", site, at: { key: 0 }, value: 9 }, [1, 2, 3, 4])).toEqual([9, 2, 9, 4]);
    expect(edited({ kind: "scale", site, factor: 2 }, [1, 2, 3, 4])).toEqual([2, 4, 6, 8]);
    expect(edited({ kind: "add", site, at: { query: 1 }, value: -1 }, [1, 2, 3, 4])).toEqual([1, 2, 2, 3]);
  });

  it("replaces cells by the mean over the positions", () => {
    const axes: readonly Axis[] = ["pos", "d_model"];
    expect(edited({ kind: "mean", site }, [1, 2, 3, 6], axes)).toEqual([2, 4, 2, 4]);
    expect(edited({ kind: "mean", site, at: { query: 0, dim: 1 } }, [1, 2, 3, 6], axes)).toEqual([
      1, 4, 3, 6,
    ]);
  });

  it("patches cells with given values in row-major order", () => {
    const values = Float32Array.of(7, 8);
    expect(edited({ kind: "patch", site, at: { key: 1 }, values }, [1, 2, 3, 4])).toEqual([1, 7, 3, 8]);
  });

  it("cuts an edge, leaving the row as it is or scaling it to sum to 1", () => {
    expect(edited({ kind: "cut", site, at: one, renormalise: false }, [0.5, 0.5, 1, 0])).toEqual([
      0.5, 0, 1, 0,
    ]);
    expect(edited({ kind: "cut", site, at: one, renormalise: true }, [0.5, 0.5, 1, 0])).toEqual([1, 0, 1, 0]);
    expect(edited({ kind: "cut", site, at: { query: 0 }, renormalise: true }, [0.5, 0.5, 1, 0])).toEqual([
      0, 0, 1, 0,
    ]);
  });

  it("adds the same noise for the same seed, of the given spread", () => {
    const noise = (seed: number) => edited({ kind: "noise", site, sigma: 1, seed }, [0, 0, 0, 0]);
    expect(noise(1)).toEqual(noise(1));
    expect(noise(1)).not.toEqual(noise(2));
    const many: Tensor = { data: new Float32Array(10_000), shape: [10_000], axes: ["pos"] };
    applyEdits(many, [{ kind: "noise", site, sigma: 3, seed: 5 }]);
    expect(total(many.data) / 10_000).toBeCloseTo(0, 0);
    expect(Math.sqrt(total(many.data.map((x) => x * x)) / 10_000)).toBeCloseTo(3, 1);
  });
});

describe("a run with edits", () => {
  for (const [name, family] of Object.entries(families)) {
    it(`changes nothing when a site is set to its own value: ${name}`, () => {
      const own = randomModel(family.spec);
      const whole = entries(run(own, family.input, { capture: "all" }).sites);
      for (const [site, { data: values }] of whole) {
        const edits: readonly Edit[] = [{ kind: "patch", site, values }];
        const read = reader(run(own, family.input, { capture: "all", edits }).sites);
        const worst = whole.map(([other, tensor]): [string, number] => [
          other,
          excess(read(other).data, tensor.data),
        ]);
        expect(
          worst.filter(([, over]) => over > 0),
          site,
        ).toEqual([]);
      }
    });
  }

  it("is the other run when what entered the first block is patched with that run's", () => {
    const other = runWith([], [5, 6, 7, 8, 9]);
    const values = other("hook_full_embed").data;
    const patched = runWith([{ kind: "patch", site: "hook_full_embed", values }]);
    expect(patched("logits")).toEqual(other("logits"));
    expect(patched(pattern)).toEqual(other(pattern));
  });

  it("without a head is a run of a model whose W_O has zeros for that head", () => {
    const values = randomValues(spec, 1);
    const name = "blocks.1.attn.W_O";
    const half = (values.get(name)?.length ?? 0) / 2;
    values.set(
      name,
      Float32Array.from(values.get(name) ?? [], (w, n) => (n < half ? w : 0)),
    );
    const without = prepare(spec, sourceOf(spec, values), createPlainKernels());
    const expected = reader(run(without, input, { capture: "all" }).sites);
    const ablated = runWith([{ kind: "ablate", block: "blocks.1", part: "attn", head: 1 }]);
    expect(excess(ablated("logits").data, expected("logits").data)).toBe(0);
  });

  it("without attention and MLP passes the residual stream on unchanged", () => {
    const s = runWith([
      { kind: "ablate", block: "blocks.0", part: "attn" },
      { kind: "ablate", block: "blocks.0", part: "mlp" },
    ]);
    expect([...s("blocks.1.hook_resid_pre").data]).toEqual([...s("hook_full_embed").data]);
  });

  it("mixes values by the cut pattern", () => {
    const s = runWith([{ kind: "cut", site: pattern, at: { head: 0, query: 3, key: 1 }, renormalise: true }]);
    const row = nth(rowsOf(s(pattern)), 3);
    expect(nth(row, 1)).toBe(0);
    expect(total(row)).toBeCloseTo(1, 5);
    const v = rowsOf(s("blocks.0.attn.hook_v"));
    const z = nth(rowsOf(s("blocks.0.attn.hook_z")), 3);
    const expected = z.map((_, d) => total(Array.from(row, (weight, j) => weight * nth(nth(v, j), d))));
    expect(excess(z, expected)).toBe(0);
  });

  it("takes a set score into the softmax, also above the diagonal", () => {
    const at = { head: 0, query: 0, key: 4 };
    const s = runWith([{ kind: "set", site: "blocks.0.attn.hook_attn_scores", at, value: 50 }]);
    expect(nth(nth(rowsOf(s(pattern)), 0), 4)).toBeCloseTo(1, 6);
    const z = nth(rowsOf(s("blocks.0.attn.hook_z")), 0);
    expect(excess(z, nth(rowsOf(s("blocks.0.attn.hook_v")), 4))).toBe(0);
  });

  it("hides a key whose score is set to −∞", () => {
    const site = "blocks.0.attn.hook_attn_scores";
    const s = runWith([{ kind: "set", site, at: { key: 0 }, value: Number.NEGATIVE_INFINITY }]);
    const rows = rowsOf(s(pattern));
    expect(rows.every((row) => row[0] === 0)).toBe(true);
    expect(total(nth(rows, 0))).toBe(0);
  });

  it("computes what follows from edited stages of a LayerNorm and a softmax", () => {
    const doubled = runWith([{ kind: "scale", site: "blocks.0.ln1.hook_scale", factor: 2 }]);
    const plain = runWith([]);
    const half = plain("blocks.0.ln1.hook_normalized").data.map((value) => value / 2);
    expect(excess(doubled("blocks.0.ln1.hook_normalized").data, half)).toBe(0);
    expect(
      excess(doubled("blocks.0.ln1.hook_out").data, plain("blocks.0.ln1.hook_out").data),
    ).toBeGreaterThan(0);
    const dropped = runWith([{ kind: "zero", site: "blocks.0.attn.step_exp", at: { query: 2, key: 1 } }]);
    const row = nth(rowsOf(dropped(pattern)), 2);
    expect(nth(row, 1)).toBe(0);
    expect(total(row)).toBeCloseTo(1, 6);
  });
});

describe("edits that contradict each other", () => {
  it("hold in order: the later one of a cell decides", () => {
    const site = "blocks.0.hook_resid_mid";
    const set = { kind: "set", site, value: 2 } as const;
    const zero = { kind: "zero", site } as const;
    expect(new Set(runWith([zero, set])(site).data)).toEqual(new Set([2]));
    expect(new Set(runWith([set, zero])(site).data)).toEqual(new Set([0]));
  });
});

describe("an edit that cannot be applied", () => {
  const refused = (edit: Edit) => () => runWith([edit]);
  it("names a site that the model has not", () => {
    expect(refused({ kind: "zero", site: "blocks.9.hook_resid_pre" })).toThrow("blocks.9.hook_resid_pre");
    expect(refused({ kind: "zero", site: "blocks.0.attn.step_bias" })).toThrow("step_bias");
    expect(refused({ kind: "zero", site: "constructor" })).toThrow("constructor");
  });

  it("names cells that the site has not", () => {
    expect(refused({ kind: "zero", site: pattern, at: { head: 2 } })).toThrow("head 2 is outside 0…1");
    expect(refused({ kind: "zero", site: pattern, at: { dim: 0 } })).toThrow("no axis for “dim”");
    expect(refused({ kind: "zero", site: pattern, at: { key: 0.5 } })).toThrow("key 0.5");
    expect(refused({ kind: "patch", site: pattern, values: new Float32Array(3) })).toThrow(
      "3 values for 50 cells",
    );
  });

  it("names a value that is not a number", () => {
    const site = "blocks.0.hook_resid_mid";
    expect(refused({ kind: "set", site, value: Number.NaN })).toThrow("NaN is not a finite number");
    expect(refused({ kind: "add", site, value: Number.POSITIVE_INFINITY })).toThrow("Infinity");
    expect(refused({ kind: "set", site, value: Number.NEGATIVE_INFINITY })).toThrow("-Infinity");
  });

  it("leaves the model as it was", () => {
    const before = run(randomModel(modelSpec()), input, { capture: "all" }).sites;
    expect(refused({ kind: "set", site: "blocks.1.hook_resid_mid", value: Number.NaN })).toThrow();
    expect(run(model, input, { capture: "all" }).sites).toEqual(before);
  });
});
