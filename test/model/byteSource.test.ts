import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blobSource, bytesSource, chunksSource } from "../../src/model/byteSource";
import { problemOf } from "./support/problems";

const BYTES = Uint8Array.from({ length: 50 }, (_, i) => i);

/** The bytes cut at those places. */
function chunks(cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set([0, ...cuts, BYTES.length])].sort((a, b) => a - b);
  return places.slice(1).map((end, i) => BYTES.slice(places[i] ?? 0, end));
}

describe("a source of bytes", () => {
  it("in chunks reads what one buffer reads, whatever the cuts", () => {
    const place = fc.nat(BYTES.length);
    fc.assert(
      fc.property(fc.array(place), place, place, (cuts, a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const source = chunksSource("f", chunks(cuts));
        expect(source.size).toBe(BYTES.length);
        expect(source.read(start, end)).toEqual(BYTES.slice(start, end));
      }),
    );
  });

  it("in chunks forgets a chunk when all of its bytes are released, and not before", () => {
    const source = chunksSource("f", chunks([10, 20]));
    source.release(0, 15);
    expect(source.read(15, 20)).toEqual(BYTES.slice(15, 20));
    expect(() => source.read(5, 6)).toThrow("released");
    source.release(15, 20);
    expect(() => source.read(15, 16)).toThrow("released");
    expect(source.read(20, 50)).toEqual(BYTES.slice(20));
  });

  it("of any kind says that it is too short", async () => {
    const sources = [
      bytesSource("f", BYTES),
      chunksSource("f", [BYTES]),
      await blobSource("f", new Blob([BYTES])),
    ];
    for (const source of sources) {
      expect(problemOf(() => source.read(40, 51))).toMatchObject({
        code: "truncated",
        params: { file: "f", expected: 51, got: 50 },
      });
    }
  });

  it("a blob is read in slices where a worker can, and whole where it cannot", async () => {
    const whole = await blobSource("f", new Blob([BYTES]));
    expect(whole.read(3, 6)).toEqual(Uint8Array.of(3, 4, 5));
  });
});
