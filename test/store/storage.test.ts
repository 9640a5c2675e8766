import { expect, test } from "vitest";
import { recall, remember } from "../../src/store/storage";

function memory(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    clear: () => items.clear(),
    getItem: (key) => items.get(key) ?? null,
    key: (index) => [...items.keys()][index] ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => void items.set(key, value),
  };
}

const SETTINGS = { theme: "dark", language: "zh", transpose: true } as const;

test("settings come back at the next visit", () => {
  const storage = memory();
  remember(() => storage, SETTINGS);
  expect(recall(() => storage)).toEqual(SETTINGS);
});

test("what is spoilt in the storage is left out, field by field", () => {
  const storage = memory();
  storage.setItem("sightline.settings", JSON.stringify({ theme: "pink", language: "zh", transpose: 3 }));
  expect(recall(() => storage)).toEqual({ language: "zh" });
  storage.setItem("sightline.settings", "{");
  expect(recall(() => storage)).toEqual({});
});

test("a browser that blocks storage is served all the same", () => {
  const blocked = () => {
    throw new DOMException("blocked", "SecurityError");
  };
  expect(recall(blocked)).toEqual({});
  expect(() => remember(blocked, SETTINGS)).not.toThrow();
});
