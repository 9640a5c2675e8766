import { describe, expect, it } from "vitest";
import { createStock } from "../../src/engine/stock";

/** What a page does with arrays that it is given: their memory is no longer here. */
function move(arrays: readonly Float32Array[]): void {
  structuredClone(null, { transfer: [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))] });
}

describe("a stock", () => {
  it("gives arrays of their own before it knows how much is wanted, then arrays beside each other", () => {
    const stock = createStock();
    const first = [stock.place(3), stock.place(5)];
    expect(new Set(first.map(({ buffer }) => buffer)).size).toBe(2);
    stock.leave();
    stock.prepare();
    const second = [stock.place(3).fill(1), stock.place(5).fill(2)];
    expect(new Set(second.map(({ buffer }) => buffer)).size).toBe(1);
    expect(second.map((array) => [...array])).toEqual([
      [1, 1, 1],
      [2, 2, 2, 2, 2],
    ]);
  });

  it("never gives memory out twice, whenever it is told to prepare", () => {
    const stock = createStock();
    const left = new Set<ArrayBufferLike>();
    for (let pass = 0; pass < 6; pass++) {
      const arrays = Array.from({ length: 4 }, (_, n) => stock.place(1000 + n).fill(pass));
      if (pass % 2 === 1) stock.prepare();
      arrays.push(stock.place(7).fill(pass));
      for (const { buffer } of arrays) expect(left.has(buffer)).toBe(false);
      for (const array of arrays) expect(array.every((value) => value === pass)).toBe(true);
      for (const { buffer } of arrays) left.add(buffer);
      stock.leave();
      move(arrays);
      for (let times = 0; times <= pass % 3; times++) stock.prepare();
    }
  });

  it("takes what the block has no room for from elsewhere", () => {
    const stock = createStock();
    stock.place(800);
    stock.leave();
    stock.prepare();
    const within = stock.place(800);
    const beyond = stock.place(800);
    expect(beyond).toHaveLength(800);
    expect(beyond.buffer).not.toBe(within.buffer);
    expect(beyond.buffer.byteLength).toBe(3200);
  });

  it("prepares nothing for passes beyond 16 MB", () => {
    const stock = createStock();
    stock.place(5_000_000);
    stock.leave();
    stock.prepare();
    expect(stock.place(10).buffer.byteLength).toBe(40);
  });
});
