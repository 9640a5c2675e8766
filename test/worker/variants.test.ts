import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { nodeFolder } from "../../src/cli/nodeFolder";
import type { Sites } from "../../src/engine/trace";
import type { Variant } from "../../src/engine/variants";
import { loadFolder } from "../../src/model/load";
import { FIRST_MODEL } from "../../src/store/models";
import type { AskedEdit } from "../../src/worker/engine";
import { failureOf } from "../../src/worker/failure";
import { openKernels } from "../../src/worker/kernels";
import { type LiveModel, liveModel } from "../../src/worker/liveModel";
import { different } from "../engine/support/sites";

function kernel(name: string): Uint8Array<ArrayBuffer> {
  return readFileSync(new URL(`../../src/engine/kernels/wasm/${name}.wasm`, import.meta.url));
}

let model: LiveModel;
beforeAll(async () => {
  const folder = fileURLToPath(new URL(`../../public/models/${FIRST_MODEL}`, import.meta.url));
  model = liveModel(
    await loadFolder(FIRST_MODEL, nodeFolder(folder), {}),
    await openKernels(async () => ({ relaxed: kernel("relaxed"), simd: kernel("simd") })),
  );
});

const TIRED = "The animal was too tired.";
const WIDE = "The street was too wide.";

function sitesOf(text: string, edits: readonly AskedEdit[] = [], variant: Variant = []): Sites {
  const live = model.vary(variant);
  return live.trace(live.cut({ text }), edits).sites;
}

describe("a varied model", () => {
  test("is the model itself without a change, and one model for one variant", () => {
    const scale: Variant = [{ kind: "scale", by: 0.3 }];
    expect(model.vary([])).toBe(model);
    expect(model.vary(scale)).toBe(model.vary([{ kind: "scale", by: 0.3 }]));
    expect(model.vary(scale).vary([])).toBe(model);
  });

  test("says in its trace what was changed", () => {
    const live = model.vary([{ kind: "mask", mask: { kind: "none" } }]);
    const trace = live.trace(live.cut({ text: TIRED }), []);
    expect(trace.spec.stacks[0]?.layers[0]?.attn.mask).toEqual({ kind: "none" });
    expect(trace.spec.changed?.parts).toEqual([{ part: "mask", source: "loaded" }]);
  });

  test("leaves the model as it was", () => {
    const before = sitesOf(TIRED);
    sitesOf(TIRED, [], [{ kind: "scale", by: 0 }]);
    sitesOf(TIRED, [], [{ kind: "heads", heads: "merge" }]);
    sitesOf(TIRED, [], [{ kind: "score", score: { rule: "additive" } }]);
    expect(different(sitesOf(TIRED), before)).toEqual([]);
  });

  test("gives of what was asked for the same numbers as of everything, and nothing else", () => {
    const variant: Variant = [{ kind: "scale", by: 0.02 }];
    const live = model.vary(variant);
    const some = live.trace(live.cut({ text: TIRED }), [], { capture: ["*hook_pattern"] }).sites;
    const all = Object.entries(sitesOf(TIRED, [], variant));
    const asked = all.filter(([name]) => name.endsWith("hook_pattern") || name === "logits");
    expect(Object.keys(some).sort()).toEqual(asked.map(([name]) => name).sort());
    expect(different(some, Object.fromEntries(asked))).toEqual([]);
  });

  test("derives, explains and gives gradients of its own numbers", () => {
    const variant: Variant = [{ kind: "scale", by: 0.01 }];
    const live = model.vary(variant);
    const { input } = live.cut({ text: TIRED });
    const site = "blocks.0.attn.hook_pattern";
    const derived = live.derive({ input, edits: [], site, head: null });
    expect(derived.data).toEqual(sitesOf(TIRED, [], variant)[site]?.data);
    const target = { kind: "logit", site: "logits", position: 2, id: 5 } as const;
    const gradients = live.gradients({ input, target, sites: ["*.hook_resid_pre"] });
    const layers = live.facts.spec.stacks[0]?.layers.length ?? 0;
    expect(Object.keys(gradients).sort()).toEqual(
      Array.from({ length: layers }, (_, layer) => `blocks.${layer}.hook_resid_pre_grad`),
    );
  });

  test("that cannot be is an expected failure with its reason", () => {
    try {
      model.vary([{ kind: "heads", heads: [99] }]);
      expect.unreachable();
    } catch (error) {
      expect(failureOf(error)).toMatchObject({
        code: "cannotChange",
        params: { change: "heads", reason: "noHead" },
      });
    }
  });
});

describe("an edit that borrows from another text's run", () => {
  const from = { text: WIDE };

  test("gives the other run from there on when it borrows all that enters a block", () => {
    const last = model.facts.spec.stacks[0]?.layers.length ?? 0;
    const site = `blocks.${last - 1}.hook_resid_pre`;
    const borrowed = sitesOf(TIRED, [{ kind: "borrow", site, from }]);
    const other = sitesOf(WIDE);
    expect(borrowed.logits?.data).toEqual(other.logits?.data);
    expect(borrowed["blocks.0.hook_resid_pre"]?.data).not.toEqual(other["blocks.0.hook_resid_pre"]?.data);
  });

  test("takes the values of another place where one is named", () => {
    const site = "blocks.1.hook_resid_post";
    const width = model.facts.spec.stacks[0]?.dModel ?? 0;
    const edit: AskedEdit = {
      kind: "borrow",
      site,
      at: { query: 3 },
      from: { text: WIDE, at: { query: 1 } },
    };
    const borrowed = sitesOf(TIRED, [edit])[site]?.data;
    expect(borrowed?.subarray(3 * width, 4 * width)).toEqual(
      sitesOf(WIDE)[site]?.data.subarray(width, 2 * width),
    );
    expect(borrowed?.subarray(0, 3 * width)).toEqual(sitesOf(TIRED)[site]?.data.subarray(0, 3 * width));
  });

  test("from the same text changes nothing, to the bit", () => {
    for (const site of ["blocks.0.attn.hook_pattern", "blocks.2.hook_mlp_out", "logits"]) {
      const borrowed = sitesOf(TIRED, [{ kind: "borrow", site, from: { text: TIRED } }]);
      expect(different(borrowed, sitesOf(TIRED))).toEqual([]);
    }
  });

  test("of another length is an expected failure that says so", () => {
    const edit: AskedEdit = { kind: "borrow", site: "blocks.0.hook_attn_out", from: { text: "Once." } };
    try {
      sitesOf(TIRED, [edit]);
      expect.unreachable();
    } catch (error) {
      expect(failureOf(error)).toMatchObject({ code: "cannotEdit", params: { why: "count" } });
    }
  });
});
