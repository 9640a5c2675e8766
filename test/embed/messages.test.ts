import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fragmentSet } from "../../src/embed/messages";
import { optionsOf } from "../../src/embed/options";
import { fromFragment, toFragment } from "../../src/store/fragment";
import { FIRST_MODEL } from "../../src/store/models";
import { openingOf } from "../../src/store/permalink";

const SET = { source: "sightline", v: 1, type: "set", fragment: "v=1&text=a" };

describe("a message to an embed", () => {
  test("that asks to show a fragment gives it, with or without its sign", () => {
    expect(fragmentSet(SET)).toBe("v=1&text=a");
    expect(fragmentSet({ ...SET, fragment: "#v=1&text=a" })).toBe("v=1&text=a");
  });

  test("of another source, version or type, or of wrong types, is passed over", () => {
    for (const part of [
      { source: "x" },
      { v: 2 },
      { v: "1" },
      { type: "ready" },
      { fragment: 3 },
      { fragment: null },
    ]) {
      expect(fragmentSet({ ...SET, ...part })).toBeNull();
    }
    expect(fragmentSet({ ...SET, fragment: "x".repeat((1 << 20) + 1) })).toBeNull();
  });

  test("of any kind whatever never throws, and is obeyed only where it says all that it must", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, maxDepth: 4 }), (data) => {
        expect(fragmentSet(data)).toBeNull();
      }),
    );
    const trap = new Proxy(
      {},
      {
        get() {
          throw new Error("read");
        },
      },
    );
    expect(fragmentSet(trap)).toBeNull();
  });
});

describe("any fragment whatever", () => {
  const field = fc.constantFrom(
    ..."v text text.z second target image model stack attention layer head query key locked step site dimension".split(
      " ",
    ),
    ..."temperature top-k top-p seed transpose theme lang view controls start __proto__ constructor edits".split(
      " ",
    ),
  );
  const value = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.constantFrom(
      "-1",
      "1e99",
      "NaN",
      "<script>alert(1)</script>",
      "javascript:alert(1)",
      "../../..",
      "999999",
    ),
    fc.nat().map((size) => "9".repeat(size % 3000)),
  );
  const fragment = fc
    .array(fc.tuple(field, value), { maxLength: 12 })
    .map((pairs) => new URLSearchParams(pairs).toString());

  test("opens as something that a page can show, and writes itself the same again", () => {
    fc.assert(
      fc.property(fc.oneof(fragment, fc.string({ unit: "binary" })), (text) => {
        const link = fromFragment(text);
        expect(fromFragment(toFragment(link))).toEqual(link);
        const { runs, selection = {} } = openingOf(link, { model: FIRST_MODEL, text: "fallback" });
        expect(runs).toHaveLength(1);
        expect(Object.getPrototypeOf(selection)).toBe(Object.prototype);
        for (const at of [selection.layer, selection.head, selection.query, selection.key]) {
          expect(at === undefined || (Number.isInteger(at) && at >= 0)).toBe(true);
        }
        const is = expect.any(Boolean);
        expect(optionsOf(text)).toEqual({ controls: is, click: is, now: is });
      }),
    );
  });

  test("changes no prototype", () => {
    fromFragment("__proto__=1&constructor=2&v=1&text=a");
    expect(Object.hasOwn(Object.prototype, "text")).toBe(false);
    expect(({} as Record<string, unknown>).layer).toBeUndefined();
  });
});
