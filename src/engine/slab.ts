/** Makes the array of a site: of so many entries, which may hold anything. */
export type Place = (length: number) => Float32Array;

/** Each array its own: exact in size, so that it can be transferred. */
export const ownArray: Place = (length) => new Float32Array(length);

/** A copy of some values in an array of a place. */
export function copyTo(place: Place, values: Float32Array): Float32Array {
  const copy = place(values.length);
  copy.set(values);
  return copy;
}

/** Memory that one run after another writes to: memory that was never touched costs a browser more than the copy itself. */
export interface Slab {
  readonly place: Place;
  /** All arrays made so far may be written over from now on. */
  reset(): void;
}

/** Entries of a block: 1 MB. */
const BLOCK = 2 ** 18;
/** A slab that grew beyond these entries (16 MB) is dropped at the reset rather than held. */
const MOST = 2 ** 22;

export function createSlab(): Slab {
  let blocks: Float32Array[] = [];
  let index = 0;
  let top = 0;
  return {
    place(length) {
      while (index < blocks.length && top + length > (blocks[index]?.length ?? 0)) {
        index += 1;
        top = 0;
      }
      const block = blocks[index] ?? new Float32Array(Math.max(length, BLOCK));
      blocks[index] = block;
      top += length;
      return block.subarray(top - length, top);
    },
    reset() {
      if (blocks.reduce((sum, { length }) => sum + length, 0) > MOST) blocks = [];
      index = 0;
      top = 0;
    },
  };
}
