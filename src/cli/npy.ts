import { sizeOf } from "../engine/tensor";
import { failure } from "../model/errors";

const READERS: Readonly<Record<string, (buffer: ArrayBuffer, count: number) => ArrayLike<number>>> = {
  "|u1": (buffer, count) => new Uint8Array(buffer, 0, count),
  "|b1": (buffer, count) => Uint8Array.from(new Uint8Array(buffer, 0, count), (value) => value * 255),
  "<f4": (buffer, count) => new Float32Array(buffer, 0, count),
  "<f8": (buffer, count) => new Float64Array(buffer, 0, count),
};

const WIDTHS: Readonly<Record<string, number>> = { "|u1": 1, "|b1": 1, "<f4": 4, "<f8": 8 };

/** Reads a NumPy array of bytes or floats in C order. `whole`: its numbers are bytes. Fails with badImage. */
export function readNpy(
  bytes: Uint8Array,
  file: string,
): { readonly shape: readonly number[]; readonly values: ArrayLike<number>; readonly whole: boolean } {
  const bad = (reason: string) => failure("badImage", { file, reason });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12) throw bad("it is cut short");
  const long = (bytes[6] ?? 1) > 1;
  const start = long ? 12 : 10;
  const end = start + (long ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = new TextDecoder("latin1").decode(bytes.subarray(start, end));
  const type = /'descr':\s*'([^']+)'/.exec(header)?.[1] ?? "";
  const read = READERS[type];
  if (read === undefined)
    throw bad(`its numbers are of type ${type || "unknown"}; bytes and floats can be read`);
  if (!/'fortran_order':\s*False/.test(header)) throw bad("it is in Fortran order");
  const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? "").match(/\d+/g)?.map(Number) ?? [];
  const count = sizeOf(shape);
  if (end + count * (WIDTHS[type] ?? 1) > bytes.length) throw bad("it is cut short");
  const buffer = bytes.slice(end).buffer;
  return { shape, values: read(buffer, count), whole: type.startsWith("|") };
}
