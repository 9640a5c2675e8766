import { expect, it } from "vitest";
import { run } from "../../src/engine/forward";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { prepare } from "../../src/engine/prepare";
import { sizeOf } from "../../src/engine/tensor";
import { weightNames } from "../../src/engine/weights";
import { reader } from "./support/sites";
import { attentionSpec, blockSpec, layers, mlpSpec, modelSpec, stackSpec, tokenEmbed } from "./support/specs";
import { sourceOf } from "./support/weights";

/**
 * One head of width 2 without LayerNorm. Embeddings a = (1, 0), b = (0, 1). q and k are twice and once the embedding,
 * v swaps its two numbers, W_O triples. b looks at a and b with scores 0 and 2 (scale 1), so with weights 1/(1 + e²) and
 * e²/(1 + e²); v_a = (0, 1), v_b = (1, 0).
 */
it("computes a head that was worked by hand", () => {
  const attn = attentionSpec({ nHeads: 1, nKvHeads: 1, dHead: 2, scale: 1 });
  const block = blockSpec({ norm: null, attn, mlp: mlpSpec({ dMlp: 1, activation: "relu" }) });
  const embed = tokenEmbed({ vocab: 2, width: 2, positions: { kind: "none" } });
  const spec = modelSpec({
    stacks: [stackSpec({ dModel: 2, embed, layers: layers(block), finalNorm: null })],
  });
  const given: Readonly<Record<string, readonly number[]>> = {
    "embed.W_E": [1, 0, 0, 1],
    "blocks.0.attn.W_Q": [2, 0, 0, 2],
    "blocks.0.attn.W_K": [1, 0, 0, 1],
    "blocks.0.attn.W_V": [0, 1, 1, 0],
    "blocks.0.attn.W_O": [3, 0, 0, 3],
    "blocks.0.attn.b_O": [10, 20],
  };
  const values = new Map(
    weightNames(spec).map(({ name, shape }) => [
      name,
      Float32Array.from(given[name] ?? new Array<number>(sizeOf(shape)).fill(0)),
    ]),
  );
  const model = prepare(spec, sourceOf(spec, values), createPlainKernels());
  const s = reader(run(model, { ids: [0, 1] }, { capture: "all" }).sites);
  const numbers = (site: string) => [...s(`blocks.0.${site}`).data];
  const close = (site: string, expected: readonly number[]) =>
    expect(numbers(site).map((value) => value.toFixed(5))).toEqual(expected.map((value) => value.toFixed(5)));

  const toB = Math.exp(2) / (1 + Math.exp(2));
  expect(numbers("attn.hook_q")).toEqual([2, 0, 0, 2]);
  expect(numbers("attn.hook_v")).toEqual([0, 1, 1, 0]);
  expect(numbers("attn.step_dot")).toEqual([2, 0, 0, 2]);
  expect(numbers("attn.hook_attn_scores")).toEqual([2, Number.NEGATIVE_INFINITY, 0, 2]);
  expect(numbers("attn.step_row_max")).toEqual([2, 2]);
  close("attn.step_exp", [1, 0, Math.exp(-2), 1]);
  close("attn.step_row_sum", [1, 1 + Math.exp(-2)]);
  close("attn.hook_pattern", [1, 0, 1 - toB, toB]);
  close("attn.hook_z", [0, 1, toB, 1 - toB]);
  close("attn.hook_result", [0, 3, 3 * toB, 3 - 3 * toB]);
  close("hook_attn_out", [10, 23, 10 + 3 * toB, 23 - 3 * toB]);
  close("hook_resid_mid", [11, 23, 10 + 3 * toB, 24 - 3 * toB]);
});
