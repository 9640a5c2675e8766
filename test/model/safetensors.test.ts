import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesSource } from "../../src/model/byteSource";
import { ModelError } from "../../src/model/errors";
import { openSafetensors } from "../../src/model/safetensors";
import { writeSafetensors } from "../../src/model/safetensorsWriter";
import { problemOf } from "./support/problems";

const open = (bytes: Uint8Array) => openSafetensors(bytesSource("m", bytes));

/** A file with that header text and that many data bytes. */
function file(header: string | object, dataBytes = 0, claimed?: bigint): Uint8Array {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, claimed ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const tensor = (dtype: string, shape: unknown, start: unknown, end: unknown) => ({
  dtype,
  shape,
  data_offsets: [start, end],
});

const good = () =>
  writeSafetensors([{ name: "a", shape: [2, 2], data: Float32Array.of(1, -2, 0.5, 0) }], { format: "pt" });

describe("a written file", () => {
  it("is read back exactly, at any alignment, and begins its data at a multiple of 8", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 5 }),
        fc.array(fc.float({ noNaN: true }), { maxLength: 20 }),
        fc.nat(7),
        (names, values, shift) => {
          const tensors = names
            .filter((name) => name !== "__metadata__")
            .map((name, i) => ({
              name,
              shape: [values.length + i],
              data: new Float32Array(values.length + i).fill(i),
            }));
          for (const { data } of tensors) data.set(values);
          const bytes = writeSafetensors(tensors, { note: "é\n" });
          const moved = new Uint8Array(bytes.length + shift);
          moved.set(bytes, shift);
          const read = open(moved.subarray(shift));
          expect(read.metadata).toEqual({ note: "é\n" });
          expect([...read.tensors.keys()].sort()).toEqual(tensors.map(({ name }) => name).sort());
          for (const { name, shape, data } of tensors) {
            expect(read.tensors.get(name)?.shape).toEqual(shape);
            expect(read.read(name)).toEqual(data);
          }
          expect((8 + Number(new DataView(bytes.buffer).getBigUint64(0, true))) % 8).toBe(0);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("in F16 keeps what half precision can say", () => {
    const data = Float32Array.of(1, -0.5, 2 ** -24, Number.NEGATIVE_INFINITY);
    const read = open(writeSafetensors([{ name: "a", shape: [4], data }], {}, "F16"));
    expect(read.tensors.get("a")?.dtype).toBe("F16");
    expect(read.read("a")).toEqual(data);
  });
});

describe("numbers are read from", () => {
  const cases: readonly (readonly [string, ArrayBufferLike, readonly number[]])[] = [
    ["F64", Float64Array.of(1.5, -2).buffer, [1.5, -2]],
    ["BF16", Uint16Array.of(0x3f80, 0xc040).buffer, [1, -3]],
    ["I64", BigInt64Array.of(-5n, 7n).buffer, [-5, 7]],
    ["I32", Int32Array.of(-5, 7).buffer, [-5, 7]],
    ["U8", Uint8Array.of(0, 255).buffer, [0, 255]],
    ["BOOL", Uint8Array.of(1, 0).buffer, [1, 0]],
  ];
  it.each(cases)("%s", (dtype, buffer, expected) => {
    const bytes = file({ a: tensor(dtype, [2], 0, buffer.byteLength) }, buffer.byteLength);
    bytes.set(new Uint8Array(buffer), bytes.length - buffer.byteLength);
    expect(Array.from(open(bytes).read("a"))).toEqual(expected);
  });
});

describe("a damaged file is told apart:", () => {
  it.each([
    ["empty", new Uint8Array(0), "truncated"],
    ["shorter than its length field", new Uint8Array(5), "truncated"],
    ["a header that claims more than the file", file("{}", 0, 1000n), "truncated"],
    ["a header that claims 2⁶³ bytes", file("{}", 0, 2n ** 63n), "badHeader"],
    ["text", new TextEncoder().encode("<!doctype html><html>"), "badHeader"],
    ["a header that is not an object", file("[1]"), "badHeader"],
    ["a header that is not UTF-8", file("{}").map((byte, i) => (i === 8 ? 0xff : byte)), "badHeader"],
    ["a header that is not JSON", file("{oops}"), "badJson"],
    ["metadata that are not strings", file({ __metadata__: { a: 1 } }), "badHeader"],
    ["an entry that is not an object", file({ a: 3 }), "badHeader"],
    ["a dtype that nobody knows", file({ a: tensor("F7", [1], 0, 4) }, 4), "badHeader"],
    ["a shape that is negative", file({ a: tensor("F32", [-1], 0, 4) }, 4), "badHeader"],
    ["a shape that is fractional", file({ a: tensor("F32", [0.5], 0, 4) }, 4), "badHeader"],
    ["a shape that overflows", file({ a: tensor("F32", [2 ** 52, 2 ** 52], 0, 4) }, 4), "badSize"],
    ["offsets that are not numbers", file({ a: tensor("F32", [1], "0", 4) }, 4), "badHeader"],
    ["offsets that run backwards", file({ a: tensor("F32", [1], 4, 0) }, 4), "badOffsets"],
    ["offsets beyond the file", file({ a: tensor("F32", [2], 0, 8) }, 4), "truncated"],
    ["a hole", file({ a: tensor("F32", [1], 4, 8) }, 8), "badOffsets"],
    ["an overlap", file({ a: tensor("F32", [2], 0, 8), b: tensor("F32", [1], 4, 8) }, 8), "badOffsets"],
    ["a range that is not shape × dtype", file({ a: tensor("F32", [3], 0, 8) }, 8), "badSize"],
    ["bytes that belong to nothing", file({ a: tensor("F32", [1], 0, 4) }, 12), "badHeader"],
    [
      "a name that appears twice",
      file(
        '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
        4,
      ),
      "duplicateTensor",
    ],
  ])("%s", (_, bytes, code) => {
    expect(problemOf(() => open(bytes)).code).toBe(code);
  });

  it("cut short anywhere, with the sizes that it announces and has", () => {
    const whole = good();
    for (let size = 0; size < whole.length; size++) {
      expect(problemOf(() => open(whole.slice(0, size)))).toMatchObject({
        code: "truncated",
        params: { file: "m", got: size },
      });
    }
  });

  it("a dtype that is not for weights is told when it is read, not before", () => {
    const opened = open(file({ a: tensor("F8_E4M3", [1], 0, 1), b: tensor("U8", [1], 1, 2) }, 2));
    expect(Array.from(opened.read("b"))).toEqual([0]);
    expect(problemOf(() => opened.read("a"))).toMatchObject({
      code: "unsupportedDtype",
      params: { tensor: "a", dtype: "F8_E4M3" },
    });
  });

  it("any other damage either reads or fails with a named problem", () => {
    const whole = good();
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const bytes = whole.slice();
        bytes[at] = byte;
        try {
          open(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ModelError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
