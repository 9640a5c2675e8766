import fc from "fast-check";
import { expect } from "vitest";
import type { Buf, Kernels } from "../../../src/engine/kernels/kernels";

/** A number well away from any result: what must not be written keeps it. */
const UNTOUCHED = 12345;

export function random(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) | 0;
    return (state >>> 8) / 2 ** 23 - 1;
  };
}

export function values(length: number, next: () => number, spread = 1): Float32Array {
  return Float32Array.from({ length }, () => next() * spread);
}

/** A buffer with the values, between two stretches of other memory. */
export function place(kernels: Kernels, data: Float32Array): Buf {
  const whole = kernels.alloc(data.length + 10);
  whole.data.fill(UNTOUCHED);
  whole.data.set(data, 5);
  return kernels.slice(whole, 5, data.length);
}

/** An output buffer and a check that nothing beside it was written. */
export function outlet(kernels: Kernels, length: number): { out: Buf; clean: () => void } {
  const whole = kernels.alloc(length + 10);
  whole.data.fill(UNTOUCHED);
  const sides = () => [...whole.data.slice(0, 5), ...whole.data.slice(length + 5)];
  return {
    out: kernels.slice(whole, 5, length),
    clean: () => expect(sides()).toEqual(Array(10).fill(UNTOUCHED)),
  };
}

export function expectClose(got: Float32Array, expected: readonly number[], tolerance = 1e-5): void {
  expect(got.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const want = expected[i] ?? Number.NaN;
    const have = got[i] ?? Number.NaN;
    if (have === want) continue;
    const off = Math.abs(have - want);
    if (!(off <= tolerance + tolerance * Math.abs(want)))
      expect({ i, value: have }).toEqual({ i, value: want });
  }
}

export const small = fc.integer({ min: 1, max: 19 });
export const seed = fc.integer({ min: 1, max: 1e9 });
export const runs = { numRuns: 60 };
