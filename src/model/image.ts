import type { EmbedSpec } from "../engine/spec";
import { Config } from "./config";
import { failure } from "./errors";
import type { JsonObject } from "./json";

/** An image as it was drawn or read: numbers 0…255, row by row, its channels together. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. Alpha is left out. */
  readonly channels: number;
  readonly data: ArrayLike<number>;
}

/** How a model wants its pixels: (value·rescale − mean)/std per channel, as preprocessor_config.json says. */
export interface Preprocessing {
  readonly rescale: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

type PatchSpec = Extract<EmbedSpec, { kind: "patches" }>;

/** Reads preprocessor_config.json; what it leaves out is ViT's: 1/255, mean ½, deviation ½. */
export function readPreprocessing(json: JsonObject | null, { channels }: PatchSpec): Preprocessing {
  const config = new Config(json ?? {});
  const each = (key: string, fallback: number) => {
    const value = config.raw(key)?.value ?? fallback;
    const list = Array.isArray(value) ? value : Array.from({ length: channels }, () => value);
    if (
      list.length !== channels ||
      !list.every((item) => typeof item === "number" && Number.isFinite(item))
    ) {
      throw failure("badConfig", { key, value: JSON.stringify(value), expected: `${channels} numbers` });
    }
    return list as readonly number[];
  };
  const normalises = config.flag("do_normalize", true);
  return {
    rescale: config.flag("do_rescale", true) ? config.number("rescale_factor", 1 / 255) : 1,
    mean: normalises ? each("image_mean", 0.5) : Array.from({ length: channels }, () => 0),
    std: normalises ? each("image_std", 0.5) : Array.from({ length: channels }, () => 1),
  };
}

/** The pixels that a model reads, [channels, height, width]: resized, grey or colour as it wants, normalised. */
export function pixelsOf(
  picture: Picture,
  spec: PatchSpec,
  { rescale, mean, std }: Preprocessing,
): Float32Array {
  const { channels, height, width } = spec;
  const pixels = new Float32Array(channels * height * width);
  for (let channel = 0; channel < channels; channel++) {
    const plane = resized(planeOf(picture, channel, channels), picture.width, picture.height, width, height);
    for (let i = 0; i < plane.length; i++) {
      pixels[channel * plane.length + i] =
        ((plane[i] ?? 0) * rescale - (mean[channel] ?? 0)) / (std[channel] ?? 1);
    }
  }
  return pixels;
}

/** One channel of a picture; grey for every channel of a grey one, luma (ITU-R 601) where one is wanted of three. */
function planeOf({ width, height, channels, data }: Picture, channel: number, wanted: number): Float32Array {
  const colour = channels >= 3;
  return Float32Array.from({ length: width * height }, (_, i) => {
    const at = (c: number) => data[i * channels + c] ?? 0;
    if (!colour) return at(0);
    return wanted === 1
      ? Math.round(0.299 * at(0) + 0.587 * at(1) + 0.114 * at(2))
      : at(Math.min(channel, 2));
  });
}

/** Bilinear, with the filter widened where the image shrinks, as Pillow does; results are rounded as there. */
function resized(
  plane: Float32Array,
  width: number,
  height: number,
  toWidth: number,
  toHeight: number,
): Float32Array {
  if (width === toWidth && height === toHeight) return plane;
  const across = triangle(width, toWidth);
  const down = triangle(height, toHeight);
  const rows = new Float32Array(height * toWidth);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < toWidth; x++) {
      const { first, weights } = across[x] ?? { first: 0, weights: [] };
      const sum = weights.reduce((total, w, k) => total + w * (plane[y * width + first + k] ?? 0), 0);
      rows[y * toWidth + x] = Math.round(sum);
    }
  }
  const out = new Float32Array(toHeight * toWidth);
  for (let y = 0; y < toHeight; y++) {
    const { first, weights } = down[y] ?? { first: 0, weights: [] };
    for (let x = 0; x < toWidth; x++) {
      const sum = weights.reduce((total, w, k) => total + w * (rows[(first + k) * toWidth + x] ?? 0), 0);
      out[y * toWidth + x] = Math.round(sum);
    }
  }
  return out;
}

/** For each output place the inputs that it averages, and with what weights (which sum to 1). */
function triangle(
  from: number,
  to: number,
): readonly { readonly first: number; readonly weights: readonly number[] }[] {
  const ratio = from / to;
  const reach = Math.max(ratio, 1);
  return Array.from({ length: to }, (_, place) => {
    const centre = (place + 0.5) * ratio;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const last = Math.min(from, Math.floor(centre + reach + 0.5));
    const raw = Array.from({ length: last - first }, (_, k) =>
      Math.max(0, 1 - Math.abs(first + k - centre + 0.5) / reach),
    );
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    return { first, weights: raw.map((weight) => weight / total) };
  });
}
