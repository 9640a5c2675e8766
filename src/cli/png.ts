import { inflateSync } from "node:zlib";
import { failure } from "../model/errors";
import type { Picture } from "../model/image";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Samples per pixel by colour type: grey, RGB, palette, grey and alpha, RGB and alpha. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/** Reads a PNG of 1 to 8 bits per sample, not interlaced. Fails with badImage. */
export function readPng(bytes: Uint8Array, file: string): Picture {
  const bad = (reason: string) => failure("badImage", { file, reason });
  const chunks = chunksOf(bytes, bad);
  const header = chunks.find(({ type }) => type === "IHDR")?.data;
  if (header === undefined || header.length < 13) throw bad("its header is missing");
  const view = new DataView(header.buffer, header.byteOffset);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth = 0, colour = 0, , , interlaced = 0] = header.subarray(8);
  const samples = SAMPLES[colour];
  if (width * height === 0 || width * height > 2 ** 26) throw bad(`it is ${width} × ${height} pixels`);
  if (samples === undefined || depth > 8 || depth === 0)
    throw bad("only 8 bits per sample or fewer can be read");
  if (interlaced !== 0) throw bad("interlaced files cannot be read");
  const rowBytes = Math.ceil((width * samples * depth) / 8);
  const rows = unfiltered(inflated(chunks, bad), height, rowBytes, Math.max(1, (samples * depth) >> 3), bad);
  const palette = chunks.find(({ type }) => type === "PLTE")?.data;
  if (colour === 3 && palette === undefined) throw bad("its palette is missing");
  const sample = (y: number, i: number) => {
    const bit = i * depth;
    const byte = rows[y * rowBytes + (bit >> 3)] ?? 0;
    return (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
  };
  const channels = palette === undefined ? samples : 3;
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < width * channels; i++) {
      const at = y * width * channels + i;
      data[at] =
        palette === undefined || colour !== 3
          ? (sample(y, i) * 255) / (2 ** depth - 1)
          : (palette[sample(y, Math.floor(i / 3)) * 3 + (i % 3)] ?? 0);
    }
  }
  return { width, height, channels, data };
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

function chunksOf(bytes: Uint8Array, bad: (reason: string) => Error): readonly Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 8; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) throw bad("it is cut short");
    chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function inflated(chunks: readonly Chunk[], bad: (reason: string) => Error): Uint8Array {
  try {
    return inflateSync(Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data)));
  } catch {
    throw bad("its pixel data are damaged");
  }
}

/** Undoes the row filters: none, left, up, average, Paeth. */
function unfiltered(
  raw: Uint8Array,
  height: number,
  rowBytes: number,
  step: number,
  bad: (reason: string) => Error,
): Uint8Array {
  if (raw.length < height * (rowBytes + 1)) throw bad("it is cut short");
  const out = new Uint8Array(height * rowBytes);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (rowBytes + 1)] ?? 0;
    if (filter > 4) throw bad("its pixel data are damaged");
    for (let i = 0; i < rowBytes; i++) {
      const left = i >= step ? (out[y * rowBytes + i - step] ?? 0) : 0;
      const up = y > 0 ? (out[(y - 1) * rowBytes + i] ?? 0) : 0;
      const corner = y > 0 && i >= step ? (out[(y - 1) * rowBytes + i - step] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      out[y * rowBytes + i] = (raw[y * (rowBytes + 1) + 1 + i] ?? 0) + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs) as [
    number,
    number,
    number,
  ];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
