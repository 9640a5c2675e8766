import type { Tensor } from "../engine/tensor";

/** A tensor as a NumPy file (format 1.0): little-endian 32-bit floats in C order; the data start at a multiple of 64 bytes. */
export function writeNpy({ data, shape }: Pick<Tensor, "data" | "shape">): Uint8Array<ArrayBuffer> {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${tuple}), }`;
  const start = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const header = `${dictionary.padEnd(start - 11)}\n`;
  const bytes = new Uint8Array(start + 4 * data.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]); // "\x93NUMPY", version 1.0
  const view = new DataView(bytes.buffer);
  view.setUint16(8, header.length, true);
  bytes.set(new TextEncoder().encode(header), 10);
  data.forEach((value, at) => {
    view.setFloat32(start + 4 * at, value, true);
  });
  return bytes;
}
