import { expect, test } from "vitest";
import { logitLens } from "../../src/analysis/logitLens";
import { betweenBlocks, rowCosines, rowNorms, streamSites, writesOf } from "../../src/analysis/residual";
import { run } from "../../src/engine/forward";
import type { Tensor } from "../../src/engine/tensor";
import { stackOf, TINY_MODELS } from "./tinyModels";
import { prepareTiny } from "./tinyRuns";

const matrix = (rows: readonly (readonly number[])[]): Tensor => ({
  data: Float32Array.from(rows.flat()),
  shape: [rows.length, rows[0]?.length ?? 0],
  axes: ["pos", "d_model"],
});

test("norms and cosines are taken row by row", () => {
  const a = matrix([
    [3, 4],
    [0, 2],
  ]);
  const b = matrix([
    [6, 8],
    [5, 0],
  ]);

  expect([...rowNorms(a)]).toEqual([5, 2]);
  expect([...rowCosines(a, b)]).toEqual([1, 0]);
});

test("the stream of a pre-norm model passes its sums; of a post-norm one, their norms too", () => {
  expect(streamSites(stackOf({}, 1))).toEqual([
    "hook_full_embed",
    "blocks.0.hook_resid_mid",
    "blocks.0.hook_resid_post",
  ]);
  expect(streamSites(stackOf({ place: "post" }, 1))).toEqual([
    "hook_full_embed",
    "blocks.0.hook_resid_mid",
    "blocks.0.ln1.hook_out",
    "blocks.0.hook_resid_post",
    "blocks.0.ln2.hook_out",
  ]);
  expect(betweenBlocks(stackOf({ place: "post" }, 2)).slice(1)).toEqual([
    "blocks.0.hook_normalized_resid_post",
    "blocks.1.hook_normalized_resid_post",
  ]);
});

test("each head and the MLP is a write, with its length and its angle to the stream", () => {
  const sites = {
    "blocks.0.hook_resid_pre": matrix([[1, 0]]),
    "blocks.0.hook_resid_mid": matrix([[1, 2]]),
    "blocks.0.attn.hook_result": {
      data: Float32Array.of(0, 2, -3, 0),
      shape: [2, 1, 2],
      axes: ["head", "query_pos", "d_model"],
    },
    "blocks.0.hook_mlp_out": matrix([[2, 4]]),
  } as const;

  expect(writesOf({ sites }, stackOf({}, 1), 0, 0)).toEqual([
    { site: "blocks.0.attn.hook_result", kind: "attn", head: 0, norm: 2, cosine: 0 },
    { site: "blocks.0.attn.hook_result", kind: "attn", head: 1, norm: 3, cosine: -1 },
    {
      site: "blocks.0.hook_mlp_out",
      kind: "mlp",
      head: null,
      norm: expect.closeTo(Math.sqrt(20), 9),
      cosine: expect.closeTo(1, 9),
    },
  ]);
});

test("the lens reads the stream at every layer, from the embedding to what the model says in the end", () => {
  const tiny = TINY_MODELS["pre-norm decoder"];
  if (tiny === undefined) throw new Error("no such model");
  const { sites } = run(prepareTiny(tiny, 3), tiny.input, { capture: "all" });
  const [stack = stackOf({}, 2)] = tiny.spec.stacks;

  const layers = logitLens({ sites }, stack, (state) => state.map((value) => 3 * value), {
    position: 1,
    count: 2,
    target: 4,
  });

  expect(layers.map(({ site }) => site)).toEqual([
    "hook_full_embed",
    "blocks.0.hook_resid_post",
    "blocks.1.hook_resid_post",
  ]);
  for (const { top, target } of layers) {
    expect(top).toHaveLength(2);
    expect((target?.rank ?? 0) <= 2).toBe(top.some(({ id }) => id === 4));
  }
});
