import { sizeOf } from "../engine/tensor";
import type { ByteSource } from "./byteSource";
import { failure } from "./errors";
import { bfloatsToFloats, halvesToFloats } from "./halfFloats";
import { type Json, parseJson, repeatedKey } from "./json";

/** Bytes per element of every dtype of the format; only those of DECODERS can be read as numbers. */
const DTYPE_BYTES: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
};

const DECODERS: Readonly<
  Record<string, (buffer: ArrayBuffer, offset: number, count: number) => Float32Array>
> = {
  F32: (buffer, offset, count) => new Float32Array(buffer, offset, count),
  F16: (buffer, offset, count) => halvesToFloats(new Uint16Array(buffer, offset, count)),
  BF16: (buffer, offset, count) => bfloatsToFloats(new Uint16Array(buffer, offset, count)),
  F64: (buffer, offset, count) => Float32Array.from(new Float64Array(buffer, offset, count)),
  I64: (buffer, offset, count) => Float32Array.from(new BigInt64Array(buffer, offset, count), Number),
  I32: (buffer, offset, count) => Float32Array.from(new Int32Array(buffer, offset, count)),
  U8: (buffer, offset, count) => Float32Array.from(new Uint8Array(buffer, offset, count)),
  BOOL: (buffer, offset, count) => Float32Array.from(new Uint8Array(buffer, offset, count)),
};

/** The format's own limit on its header, against files that ask for gigabytes. */
const MAX_HEADER_BYTES = 100_000_000;

export interface TensorInfo {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Byte range within the data, after the header. */
  readonly start: number;
  readonly end: number;
}

/** An open safetensors file: its header is checked, its tensors are read one by one. */
export interface TensorFile {
  readonly file: string;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly metadata: Readonly<Record<string, string>>;
  /** Values of a tensor, row-major; a view on the file where its bytes allow it. Fails with `unsupportedDtype`. */
  read(name: string): Float32Array;
  /** Says that a tensor will not be read again. */
  release(name: string): void;
}

/**
 * Reads and checks the header: its length, its JSON, that shape × dtype is the number of bytes, and that the ranges
 * tile the data exactly. Fails with truncated, badHeader, badJson, badOffsets, badSize or duplicateTensor.
 */
export function openSafetensors(source: ByteSource): TensorFile {
  const { file } = source;
  if (source.size < 8) throw failure("truncated", { file, expected: 8, got: source.size });
  const lengthBytes = source.read(0, 8);
  const view = new DataView(lengthBytes.buffer, lengthBytes.byteOffset, 8);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > MAX_HEADER_BYTES) {
    throw failure("badHeader", { file, reason: `its header claims ${headerLength} bytes` });
  }
  const dataStart = 8 + headerLength;
  if (dataStart > source.size) throw failure("truncated", { file, expected: dataStart, got: source.size });
  const text = decodeUtf8(source.read(8, dataStart), file);
  if (!text.startsWith("{")) throw failure("badHeader", { file, reason: "its header is not a JSON object" });
  const header = parseJson(text, file);
  const repeated = repeatedKey(text);
  if (repeated !== null) throw failure("duplicateTensor", { file, tensor: repeated });
  const { tensors, metadata } = readHeader(header, file);
  checkRanges(tensors, file, dataStart, source.size);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  return {
    file,
    tensors: byName,
    metadata,
    read(name) {
      const info = byName.get(name);
      if (info === undefined) throw failure("missingTensors", { names: [name] });
      const decode = DECODERS[info.dtype];
      if (decode === undefined) {
        const supported = Object.keys(DECODERS);
        throw failure("unsupportedDtype", { file, tensor: name, dtype: info.dtype, supported });
      }
      const bytes = aligned(source.read(dataStart + info.start, dataStart + info.end), info.dtype);
      return decode(bytes.buffer as ArrayBuffer, bytes.byteOffset, sizeOf(info.shape));
    },
    release(name) {
      const info = byName.get(name);
      if (info !== undefined) source.release(dataStart + info.start, dataStart + info.end);
    },
  };
}

function decodeUtf8(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw failure("badHeader", { file, reason: "its header is not UTF-8 text" });
  }
}

function readHeader(header: Json, file: string): { tensors: TensorInfo[]; metadata: Record<string, string> } {
  const bad = (reason: string) => failure("badHeader", { file, reason });
  if (!isRecord(header)) throw bad("its header is not a JSON object");
  const tensors: TensorInfo[] = [];
  const metadata: Record<string, string> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (!isRecord(entry)) throw bad(`the entry of ${name} is not an object`);
    if (name === "__metadata__") {
      for (const [key, value] of Object.entries(entry)) {
        if (typeof value !== "string") throw bad(`its metadata ${key} is not a string`);
        metadata[key] = value;
      }
      continue;
    }
    const { dtype, shape, data_offsets: offsets } = entry;
    if (typeof dtype !== "string" || !Object.hasOwn(DTYPE_BYTES, dtype)) {
      throw bad(`tensor ${name} has the dtype ${JSON.stringify(dtype)}`);
    }
    if (!isLengths(shape)) throw bad(`tensor ${name} has the shape ${JSON.stringify(shape)}`);
    if (!isLengths(offsets) || offsets.length !== 2) {
      throw bad(`tensor ${name} has the offsets ${JSON.stringify(offsets)}`);
    }
    tensors.push({ name, dtype, shape, start: offsets[0] ?? 0, end: offsets[1] ?? 0 });
  }
  return { tensors, metadata };
}

function checkRanges(tensors: readonly TensorInfo[], file: string, dataStart: number, size: number): void {
  let expectedStart = 0;
  const inOrder = [...tensors].sort((a, b) => a.start - b.start || a.end - b.end);
  for (const { name: tensor, start, end, shape, dtype } of inOrder) {
    if (start !== expectedStart || end < start) {
      throw failure("badOffsets", { file, tensor, start, end, expectedStart });
    }
    const expected = sizeOf(shape) * (DTYPE_BYTES[dtype] ?? 0);
    if (expected !== end - start) {
      throw failure("badSize", { file, tensor, shape, dtype, expected, got: end - start });
    }
    expectedStart = end;
  }
  const expected = dataStart + expectedStart;
  if (size < expected) throw failure("truncated", { file, expected, got: size });
  if (size > expected) {
    throw failure("badHeader", { file, reason: `${size - expected} bytes belong to no tensor` });
  }
}

/** The bytes at an address that their dtype can be viewed at: a copy where the file put them elsewhere. */
function aligned(bytes: Uint8Array, dtype: string): Uint8Array {
  return bytes.byteOffset % (DTYPE_BYTES[dtype] ?? 1) === 0 ? bytes : bytes.slice();
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isLengths(value: Json | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && Number(n) >= 0);
}
