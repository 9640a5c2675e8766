import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Edit } from "../../src/engine/edits";
import { packEdits, unpackEdits } from "../../src/store/linkEdits";

const EDITS: readonly Edit[] = [
  { kind: "ablate", block: "blocks.1", part: "attn", head: 3 },
  { kind: "ablate", block: "decoder.0", part: "mlp" },
  { kind: "cut", site: "blocks.0.attn.hook_pattern", at: { head: 1, query: 5, key: 2 }, renormalise: true },
  { kind: "set", site: "blocks.0.attn.hook_attn_scores", at: { key: 0 }, value: Number.NEGATIVE_INFINITY },
  { kind: "scale", site: "blocks.2.hook_mlp_out", factor: -0.5 },
  { kind: "noise", site: "blocks.2.hook_resid_pre", sigma: 0.1, seed: 7 },
];

describe("the edits of a link", () => {
  test("come back as they were", () => {
    expect(unpackEdits(packEdits(EDITS))).toEqual(EDITS);
  });

  test("leave out what brings values of another run, and are nothing where there are none", () => {
    const patch: Edit = { kind: "patch", site: "blocks.0.hook_resid_pre", values: new Float32Array(4) };
    expect(unpackEdits(packEdits([patch, ...EDITS]))).toEqual(EDITS);
    expect([packEdits([]), packEdits([patch])]).toEqual([undefined, undefined]);
  });

  test("that are malformed are none", () => {
    for (const text of [
      "",
      "{}",
      "[1]",
      '[{"kind":"zero"}]',
      '[{"kind":"zero","site":"a","x":1}]',
      "[[[[[[",
    ]) {
      expect(unpackEdits(text), text).toEqual([]);
    }
    expect(unpackEdits(JSON.stringify(Array(65).fill(EDITS[0])))).toEqual([]);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(unpackEdits(text)).toEqual([]);
      }),
      { examples: [["[]"]] },
    );
  });
});
