import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run } from "../../src/engine/forward";
import type { Kept } from "../../src/engine/reuse";
import { createSlab, type Place } from "../../src/engine/slab";
import { families } from "./support/families";
import { different } from "./support/sites";
import { randomModel } from "./support/weights";

const texts = fc.array(fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 7 }), {
  minLength: 3,
  maxLength: 6,
});

/** A place whose arrays hold nothing that a run may rely on. */
function spoiled(place: Place): Place {
  return (length) => place(length).fill(Number.NaN);
}

describe("a slab", () => {
  it("gives arrays that do not overlap, whatever their lengths, and the same memory again after a reset", () => {
    const slab = createSlab();
    const lengths = [3, 200_000, 100_000, 0, 300_000, 5];
    const arrays = lengths.map((length, n) => slab.place(length).fill(n));
    expect(arrays.map((array) => array.length)).toEqual(lengths);
    arrays.forEach((array, n) => {
      expect(array.every((value) => value === n)).toBe(true);
    });
    const [first] = arrays;
    slab.reset();
    expect(slab.place(3).buffer).toBe(first?.buffer);
  });

  it("is not held once it has grown beyond 16 MB", () => {
    const slab = createSlab();
    const large = slab.place(5_000_000);
    slab.reset();
    expect(slab.place(5_000_000).buffer).not.toBe(large.buffer);
  });
});

describe("runs that write to memory of earlier runs", () => {
  for (const [name, { spec, input }] of Object.entries(families)) {
    it(`give the numbers of runs with arrays of their own: ${name}`, () => {
      const model = randomModel(spec);
      fc.assert(
        fc.property(texts, (chain) => {
          let kept: Kept | null = null;
          let [held, spare] = [createSlab(), createSlab()];
          const out = createSlab();
          for (const ids of chain) {
            const read =
              "decoderIds" in input
                ? { ids: input.ids, attentionMask: input.ids.map(() => 1), decoderIds: ids }
                : { ...("image" in input ? input : {}), ids };
            spare.reset();
            out.reset();
            const options = { capture: "all", keep: true, reuse: kept } as const;
            const result = run(model, read, {
              ...options,
              into: spoiled(out.place),
              keepIn: spoiled(spare.place),
            });
            expect(different(result.sites, run(model, read, { capture: "all" }).sites)).toEqual([]);
            kept = result.kept;
            [held, spare] = [spare, held];
          }
        }),
        { numRuns: 10 },
      );
    });
  }
});
