import { describe, expect, it } from "vitest";
import type { EmbedSpec } from "../../src/engine/spec";
import { pixelsOf, readPreprocessing } from "../../src/model/image";
import { problemOf } from "./support/problems";

const spec = (channels: number, height: number, width: number): Extract<EmbedSpec, { kind: "patches" }> => ({
  kind: "patches",
  channels,
  height,
  width,
  patch: 1,
  positions: { kind: "none" },
  norm: null,
});

const RAW = { rescale: 1, mean: [0, 0, 0], std: [1, 1, 1] };
const grey = (width: number, height: number, data: readonly number[]) => ({
  width,
  height,
  channels: 1,
  data,
});

describe("the pixels that a model reads", () => {
  it("are rescaled and normalised by channel, channels first", () => {
    const picture = { width: 2, height: 1, channels: 3, data: [0, 51, 102, 255, 204, 153] };
    const pixels = pixelsOf(picture, spec(3, 1, 2), {
      rescale: 1 / 255,
      mean: [0.5, 0, 0],
      std: [0.5, 1, 0.1],
    });
    const expected = [-1, 1, 0.2, 0.8, 4, 6];
    for (const [i, value] of Array.from(pixels).entries())
      expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5);
  });

  it("repeat a grey picture for colour, and take the luma of colour for grey", () => {
    expect(Array.from(pixelsOf(grey(1, 1, [7]), spec(3, 1, 1), RAW))).toEqual([7, 7, 7]);
    const red = { width: 1, height: 1, channels: 4, data: [255, 0, 0, 9] };
    expect(Array.from(pixelsOf(red, spec(1, 1, 1), RAW))).toEqual([Math.round(0.299 * 255)]);
  });

  it("average what a smaller picture leaves out, and blend what a larger one adds", () => {
    const down = pixelsOf(grey(4, 1, [0, 0, 200, 200]), spec(1, 1, 2), RAW);
    expect(Array.from(down)).toEqual([29, 171]);
    const up = pixelsOf(grey(2, 1, [0, 100]), spec(1, 1, 4), RAW);
    expect(Array.from(up)).toEqual([0, 25, 75, 100]);
    expect(Array.from(pixelsOf(grey(3, 3, Array(9).fill(80)), spec(1, 7, 2), RAW))).toEqual(
      Array(14).fill(80),
    );
  });
});

describe("preprocessor_config.json", () => {
  it("is ViT's where it says nothing", () => {
    expect(readPreprocessing(null, spec(3, 1, 1))).toEqual({
      rescale: 1 / 255,
      mean: [0.5, 0.5, 0.5],
      std: [0.5, 0.5, 0.5],
    });
  });

  it("says mean and deviation, per channel or once, or that there are none", () => {
    expect(readPreprocessing({ image_mean: [0.1307], image_std: 0.3081 }, spec(1, 1, 1))).toEqual({
      rescale: 1 / 255,
      mean: [0.1307],
      std: [0.3081],
    });
    expect(readPreprocessing({ do_rescale: false, do_normalize: false }, spec(1, 1, 1))).toEqual({
      rescale: 1,
      mean: [0],
      std: [1],
    });
  });

  it("with another number of channels is refused", () => {
    expect(problemOf(() => readPreprocessing({ image_mean: [0.5, 0.5] }, spec(3, 1, 1)))).toMatchObject({
      code: "badConfig",
      params: { key: "image_mean" },
    });
  });
});
