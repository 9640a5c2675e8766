import { floatsToHalves } from "./halfFloats";

export interface TensorToWrite {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * A safetensors file of the tensors, in their order, as F32 (exact) or F16 (rounded to nearest).
 * The header is padded with spaces so that the data start at a multiple of 8 bytes, as the reference writer does.
 */
export function writeSafetensors(
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>>,
  dtype: "F32" | "F16" = "F32",
): Uint8Array<ArrayBuffer> {
  const width = dtype === "F32" ? 4 : 2;
  const entries: [string, unknown][] = [["__metadata__", metadata]];
  let size = 0;
  for (const { name, shape, data } of tensors) {
    const end = size + data.length * width;
    entries.push([name, { dtype, shape, data_offsets: [size, end] }]);
    size = end;
  }
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const dataStart = 8 + Math.ceil(header.length / 8) * 8;
  const bytes = new Uint8Array(dataStart + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - 8), true);
  bytes.fill(0x20, 8, dataStart);
  bytes.set(header, 8);
  let offset = dataStart;
  for (const { data } of tensors) {
    if (dtype === "F32") new Float32Array(bytes.buffer, offset, data.length).set(data);
    else new Uint16Array(bytes.buffer, offset, data.length).set(floatsToHalves(data));
    offset += data.length * width;
  }
  return bytes;
}
