import { describe, expect, test, vi } from "vitest";
import { activationPatching } from "../../../src/analysis/experiments/activationPatching";
import type { ExperimentRun, Watch } from "../../../src/analysis/experiments/experiment";
import { impactMatrix } from "../../../src/analysis/experiments/impactMatrix";
import { noiseRobustness } from "../../../src/analysis/experiments/noise";
import { perturbation } from "../../../src/analysis/experiments/perturbation";
import { run } from "../../../src/engine/forward";
import type { BlockSpec, ModelSpec } from "../../../src/engine/spec";
import type { Trace } from "../../../src/engine/trace";
import { ATTENTION, modelOf, stackOf } from "../tinyModels";
import { prepareTiny } from "../tinyRuns";

function runnerOf(spec: ModelSpec): ExperimentRun {
  const model = prepareTiny({ spec, input: { ids: [] } }, 5);
  return async (input, edits) => run(model, input, { capture: "all", edits });
}

function watch(): Watch & { readonly onProgress: ReturnType<typeof vi.fn<Watch["onProgress"]>> } {
  return { onProgress: vi.fn<Watch["onProgress"]>(), signal: new AbortController().signal };
}

const decoder = (block: Partial<BlockSpec> = {}) => runnerOf(modelOf([stackOf(block, 2)]));
const encoder = runnerOf(modelOf([stackOf({ attn: { ...ATTENTION, mask: { kind: "none" } } }, 2)]));
const INPUT = { ids: [3, 1, 4, 1] };

describe("the impact matrix", () => {
  const site = "blocks.1.hook_resid_post";
  const options = { input: INPUT, maskId: 10, words: [[0], [1, 2], [3]], site };

  test("in a causal model later words have no impact on earlier ones, earlier ones do", async () => {
    const { data, shape } = await impactMatrix(decoder(), options, watch());

    expect(shape).toEqual([3, 3]);
    expect([...data].map((impact) => impact > 0)).toEqual([
      false,
      false,
      false,
      true,
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  test("an impact is the distance of the masked word's states with and without the other word", async () => {
    const impacts = await impactMatrix(encoder, options, watch());
    const stateOf = async (ids: number[]) =>
      (await encoder({ ids }, [])).sites[site]?.data.subarray(0, 8) ?? [];
    const alone = await stateOf([10, 1, 4, 1]);
    const both = await stateOf([10, 1, 4, 10]);
    const squares = Array.from(alone, (value, d) => (value - (both[d] ?? 0)) ** 2);

    expect(impacts.data[2]).toBeCloseTo(Math.sqrt(squares.reduce((sum, square) => sum + square, 0)), 5);
  });

  test("progress counts n(n + 1)/2 passes", async () => {
    const { onProgress, signal } = watch();
    await impactMatrix(encoder, options, { onProgress, signal });

    expect(onProgress.mock.calls).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
  });

  test("an aborted experiment stops before its next pass", async () => {
    const stop = new AbortController();
    const counted = vi.fn(encoder);
    const onProgress = (done: number) => (done === 2 ? stop.abort(new Error("stopped")) : undefined);

    await expect(impactMatrix(counted, options, { onProgress, signal: stop.signal })).rejects.toThrow(
      "stopped",
    );
    expect(counted).toHaveBeenCalledTimes(2);
  });
});

describe("noise on the scores", () => {
  const options = { input: INPUT, attention: "blocks.0.attn", head: 1, query: 3, draws: 6, seed: 1 };

  test("no noise moves nothing, more noise moves more", async () => {
    const [none, little, much] = await noiseRobustness(
      decoder(),
      { ...options, sigmas: [0, 0.05, 2] },
      watch(),
    );

    expect(none).toEqual({ sigma: 0, moved: { mean: 0, deviation: 0 } });
    expect(little?.moved.mean).toBeGreaterThan(0);
    expect(much?.moved.mean).toBeGreaterThan(4 * (little?.moved.mean ?? 0));
    expect(much?.moved.deviation).toBeGreaterThan(0);
  });

  test("the same seed gives the same numbers", async () => {
    const once = await noiseRobustness(decoder(), { ...options, sigmas: [1] }, watch());
    const again = await noiseRobustness(decoder(), { ...options, sigmas: [1] }, watch());

    expect(again).toEqual(once);
  });

  test("a query that sees one key has nothing to mix up", async () => {
    const [only] = await noiseRobustness(decoder(), { ...options, query: 0, sigmas: [3] }, watch());

    expect(only?.moved.mean).toBe(0);
  });
});

describe("activation patching", () => {
  const metric = ({ sites }: Pick<Trace, "sites">) => sites.logits?.data.at(-1) ?? Number.NaN;
  const options = { clean: INPUT, corrupted: { ids: [3, 7, 4, 1] }, metric };

  test("patching all that enters the blocks gives the clean run; patching what is the same changes nothing", async () => {
    const targets = [
      { site: "hook_full_embed" },
      { site: "hook_full_embed", query: 1 },
      { site: "hook_full_embed", query: 0 },
    ];
    const { clean, corrupted, patched } = await activationPatching(
      decoder(),
      { ...options, targets },
      watch(),
    );

    expect(patched.map(({ value }) => value)).toEqual([clean, clean, corrupted]);
    expect(patched.map(({ restored }) => restored)).toEqual([1, 1, 0]);
    expect(clean).not.toBe(corrupted);
  });

  test("heads and positions of heads can be patched, and restore part of the way", async () => {
    const targets = [
      { site: "blocks.0.attn.hook_z", head: 0 },
      { site: "blocks.0.attn.hook_z", head: 0, query: 3 },
      { site: "blocks.0.attn.hook_z", head: 0, query: 0 },
    ];
    const { patched } = await activationPatching(decoder(), { ...options, targets }, watch());

    expect(patched.map(({ restored }) => restored !== 0)).toEqual([true, true, false]);
  });
});

describe("one input moved by ε", () => {
  const options = {
    input: INPUT,
    site: "hook_full_embed",
    position: 1,
    epsilon: 0.01,
    seed: 2,
    measure: ["hook_full_embed", "blocks.1.hook_resid_post"],
  };

  test("at the input only that position moves, by one; in a causal model earlier positions never do", async () => {
    const [entered, left] = await perturbation(decoder(), options, watch());

    expect(entered).toEqual({ site: "hook_full_embed", gain: [0, 1, 0, 0] });
    expect(left?.gain.map((gain) => gain > 0)).toEqual([false, true, true, true]);
  });

  test("where every position sees itself alone, the movement stays where it is", async () => {
    const mask = { kind: "window", size: 1, causal: true } as const;
    const run = decoder({ residual: false, norm: null, attn: { ...ATTENTION, mask } });
    const [, left] = await perturbation(run, { ...options, position: 1 }, watch());

    expect(left?.gain.map((gain) => gain > 0)).toEqual([false, true, false, false]);
  });
});
