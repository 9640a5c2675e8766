import { ownArray, type Place } from "./slab";

/**
 * Memory for arrays that will leave: those of a pass move to the page for good. It is made and touched ahead of time,
 * since the first touch of memory can cost more than all that is computed, and never given out twice.
 */
export interface Stock {
  /** Arrays beside each other in the block that was prepared; arrays of their own where it is full or there is none. */
  readonly place: Place;
  /** All that was placed so far is somebody else's from now on, and so is what is left of its block. */
  leave(): void;
  /** Makes a block for as much as was placed before the last `leave`, and somewhat more. */
  prepare(): void;
}

/** A text that grows by a token needs a little more than it needed last. */
const MARGIN = 9 / 8;
/** Passes that need more entries than these (16 MB) find nothing prepared: it would lie there while nobody types. */
const MOST = 2 ** 22;
/** Entries of the smallest piece of memory that a machine hands out: 4 KB. */
const PAGE = 2 ** 10;

export function createStock(): Stock {
  let block: Float32Array | null = null;
  let top = 0;
  let placed = 0;
  let expected = 0;
  return {
    place(length) {
      placed += length;
      if (block === null || top + length > block.length) return ownArray(length);
      top += length;
      return block.subarray(top - length, top);
    },
    leave() {
      expected = placed;
      block = null;
      top = 0;
      placed = 0;
    },
    prepare() {
      const length = Math.ceil(expected * MARGIN);
      if (block !== null || length === 0 || length > MOST) return;
      const made = new Float32Array(length);
      for (let at = 0; at < length; at += PAGE) made[at] = 0;
      block = made;
    },
  };
}
