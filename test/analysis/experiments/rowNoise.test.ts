import { describe, expect, test } from "vitest";
import { noiseRobustness } from "../../../src/analysis/experiments/noise";
import { rowNoise } from "../../../src/analysis/experiments/rowNoise";
import { unitProducts } from "../../../src/analysis/experiments/unitProducts";
import { run } from "../../../src/engine/forward";
import { first } from "../../../src/engine/tensor";
import { modelOf, stackOf } from "../tinyModels";
import { prepareTiny } from "../tinyRuns";

describe("noise on one row of scores", () => {
  const input = { ids: [3, 1, 4, 1] };
  const model = prepareTiny({ spec: modelOf([stackOf({}, 2)]), input: { ids: [] } }, 5);
  const { sites } = run(model, input, { capture: "all" });

  function rowOf(head: number, query: number) {
    const scores = sites["blocks.0.attn.hook_attn_scores"];
    const values = sites["blocks.0.attn.hook_v"];
    if (scores === undefined || values === undefined) throw new Error("no sites");
    const one = first(scores, head);
    return {
      scores: one.data.subarray(query * 4, (query + 1) * 4),
      values: first(values, head).data,
    };
  }

  test("is what passes of the whole model with the same seeds measure", async () => {
    const options = { sigma: 0.7, draws: 5, seed: 3 };
    const here = rowNoise({ ...rowOf(1, 3), ...options });
    const watch = { onProgress: () => undefined, signal: new AbortController().signal };
    const [passes] = await noiseRobustness(
      async (of, edits) => run(model, of, { capture: "all", edits }),
      { input, attention: "blocks.0.attn", head: 1, query: 3, sigmas: [0.7], draws: 5, seed: 3 },
      watch,
    );
    expect(here.mix.mean).toBeCloseTo(passes?.moved.mean ?? Number.NaN, 4);
    expect(here.mix.deviation).toBeCloseTo(passes?.moved.deviation ?? Number.NaN, 4);
  });

  test("of strength 0 moves nothing, and the mean of many draws moves less than one draw", () => {
    const row = rowOf(0, 3);
    expect(rowNoise({ ...row, sigma: 0, draws: 4, seed: 1 })).toEqual({
      mix: { mean: 0, deviation: 0 },
      share: { mean: 0, deviation: 0 },
      bias: 0,
    });
    const many = rowNoise({ ...row, sigma: 0.5, draws: 400, seed: 1 });
    expect(many.bias).toBeLessThan(many.mix.mean / 2);
    expect(many.mix.mean).toBeLessThan(many.share.mean);
  });
});

test("products of independent unit normals have mean 0 and variance d, within four standard errors", () => {
  for (const width of [1, 16, 64]) {
    const products = unitProducts(width, 4000, 7);
    const mean = products.reduce((sum, value) => sum + value, 0) / products.length;
    const variance = products.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (products.length - 1);
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(width / 4000));
    // The fourth moment of q·k is 3d² + 6d, so the variance of its square is 2d² + 6d.
    expect(Math.abs(variance - width)).toBeLessThan(4 * Math.sqrt((2 * width * width + 6 * width) / 4000));
  }
});
