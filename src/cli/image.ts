import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { EmbedSpec } from "../engine/spec";
import { failure } from "../model/errors";
import { type Picture, type Preprocessing, pixelsOf } from "../model/image";
import { parseJson } from "../model/json";
import { guarded } from "./nodeFolder";
import { readNpy } from "./npy";
import { isPng, readPng } from "./png";
import { readPnm } from "./pnm";

type PatchSpec = Extract<EmbedSpec, { kind: "patches" }>;

/**
 * The pixels [channels, height, width] of an image file. PNG, PGM, PPM and .npy of whole numbers are pictures, which
 * are resized and normalised; .npy of floats and JSON hold the model's own pixels, which are taken as they are.
 * Fails with badImage, unreadable or badJson.
 */
export function readImage(path: string, spec: PatchSpec, preprocessing: Preprocessing): Float32Array {
  const file = basename(path);
  const bytes = new Uint8Array(guarded(path, () => readFileSync(path)));
  const drawn = (picture: Picture) => pixelsOf(picture, spec, preprocessing);
  if (isPng(bytes)) return drawn(readPng(bytes, file));
  const [first, second] = bytes;
  if (first === 0x50 && second !== undefined && second >= 0x31 && second <= 0x36)
    return drawn(readPnm(bytes, file));
  if (first === 0x93) {
    const { shape, values, whole } = readNpy(bytes, file);
    return whole ? drawn(pictureOf(shape, values, file)) : exact(values, spec, file);
  }
  if (first === 0x5b) {
    const nested = parseJson(new TextDecoder().decode(bytes), file);
    return exact(flat(nested, file), spec, file);
  }
  throw failure("badImage", { file, reason: "it is neither PNG, PGM, PPM, .npy nor JSON" });
}

/** A picture of whole numbers [height, width] or [height, width, channels]. */
function pictureOf(shape: readonly number[], data: ArrayLike<number>, file: string): Picture {
  const [height = 0, width = 0, channels = 1] = shape;
  if (shape.length < 2 || shape.length > 3 || channels < 1 || channels > 4) {
    throw failure("badImage", {
      file,
      reason: `its shape is [${shape.join(", ")}], expected [height, width, channels]`,
    });
  }
  return { width, height, channels, data };
}

function exact(
  values: ArrayLike<number>,
  { channels, height, width }: PatchSpec,
  file: string,
): Float32Array {
  if (values.length !== channels * height * width) {
    const reason = `it has ${values.length} numbers, the model reads ${channels} × ${height} × ${width}`;
    throw failure("badImage", { file, reason });
  }
  return Float32Array.from(values);
}

/** The numbers of nested arrays in order. */
function flat(value: unknown, file: string): readonly number[] {
  if (typeof value === "number") return [value];
  if (Array.isArray(value)) return value.flatMap((item) => flat(item, file));
  throw failure("badImage", { file, reason: "it holds something other than numbers" });
}
