import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fragmentSet } from "../../src/embed/messages";
import { optionsOf } from "../../src/embed/options";
import { unpackSwitches } from "../../src/store/experiments";
import { fromFragment, toFragment } from "../../src/store/fragment";
import { lessonIn } from "../../src/store/lessonPlace";
import { LINK } from "../../src/store/link";
import { unpackEdits } from "../../src/store/linkEdits";
import { unpackVariant } from "../../src/store/linkVariant";
import { FIRST_OPTIONS, OPTIONS, optionsIn } from "../../src/store/options";
import { openingOf } from "../../src/store/permalink";

const FALLBACK = { model: "causal", text: "one two" };

const NAMES = [
  ...Object.values(LINK).flatMap(({ name }) => [name, `${name}.z`]),
  "v",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
];

/** What someone hostile would write: markup, addresses that run, numbers beyond all bounds, keys of every object. */
const HOSTILE = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "javascript:alert(1)",
  "__proto__",
  "constructor",
  "-1",
  "1e308",
  "NaN",
  "Infinity",
  "999999999999999999999",
  "../../../etc/passwd",
  "\u0000\u202e",
  '[{"__proto__":{"polluted":1}}]',
  '{"kind":"zero","site":"logits"}',
  `${"[".repeat(5000)}${"]".repeat(5000)}`,
  "9".repeat(20_000),
  "eNrLKS0GAAYeAh8",
  "%",
  "",
];

const value = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc
    .tuple(fc.constantFrom("power", "__proto__", "constructor", "a b"), fc.string())
    .map((pair) => pair.join(":")),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.double().map(String),
);

const fragment = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), value, fc.boolean()), { maxLength: 20 })
  .map((pairs) =>
    pairs.map(([name, text, raw]) => `${name}=${raw ? text : encodeURIComponent(text)}`).join("&"),
  );

describe("a hostile fragment", () => {
  test("opens a session all the same: fields of the table alone, each as the table wants it", () => {
    fc.assert(
      fc.property(fragment, (text) => {
        const link = fromFragment(text);
        expect(Object.keys(link).filter((field) => !Object.hasOwn(LINK, field))).toEqual([]);
        const { runs, selection = {} } = openingOf(link, FALLBACK);
        expect(runs.length).toBeGreaterThan(0);
        expect(runs.length).toBeLessThanOrEqual(2);
        for (const { source, edits } of runs) {
          expect(source.model).toMatch(/^[a-z0-9-]{1,64}$/);
          expect(edits.length).toBeLessThanOrEqual(64);
        }
        for (const place of [selection.layer, selection.head, selection.query, selection.key]) {
          if (place !== undefined) expect(Number.isInteger(place) && place >= 0 && place < 1e6).toBe(true);
        }
        expect(Object.keys(optionsIn(link))).toEqual(Object.keys(FIRST_OPTIONS));
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
        optionsOf(text);
      }),
      { numRuns: 500 },
    );
  });

  test("says nothing more once it is written again", () => {
    fc.assert(
      fc.property(fragment, (text) => {
        const link = fromFragment(text);
        expect(fromFragment(toFragment(link))).toEqual(
          Object.fromEntries(
            Object.entries(link).filter(([field, read]) => LINK[field as keyof typeof LINK].rest !== read),
          ),
        );
      }),
      { numRuns: 300 },
    );
  });

  test("of edits is read whole or not at all", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (json) => {
        for (const edit of unpackEdits(json)) expect(typeof edit.kind).toBe("string");
      }),
    );
    expect(unpackEdits('[{"kind":"zero","site":"logits","at":{"__proto__":{"head":1}}}]')).toEqual([]);
    expect(unpackEdits(`[${'{"kind":"zero","site":"logits"},'.repeat(65).slice(0, -1)}]`)).toEqual([]);
  });
});

describe("what a hostile link says of a variant, of switches and of a lesson", () => {
  test("is read whole or not at all", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), value, (json, text) => {
        for (const each of [...unpackVariant(json), ...unpackVariant(text)])
          expect(typeof each.kind).toBe("string");
        const { switches: packed = "" } = fromFragment(`v=1&switches=${encodeURIComponent(text)}`);
        const switches = packed === "" ? {} : unpackSwitches(packed);
        for (const [name, set] of Object.entries(switches)) {
          expect(name).toMatch(/^[a-zA-Z]{1,16}$/);
          expect(["string", "number", "boolean"]).toContain(typeof set);
        }
        expect(Object.getPrototypeOf(switches)).toBe(Object.prototype);
      }),
      { numRuns: 500 },
    );
    const nested = `[{"kind":"mask","mask":${"[".repeat(5000)}${"]".repeat(5000)}}]`;
    expect(unpackVariant(nested)).toEqual([]);
  });

  test("leads to a place in a lesson, or to none", () => {
    fc.assert(
      fc.property(fragment, (text) => {
        const place = lessonIn(fromFragment(text));
        if (place === null) return;
        expect(place.slug).toMatch(/^[a-zA-Z0-9-]{1,32}$/);
        expect(Number.isInteger(place.at) && place.at >= 0).toBe(true);
      }),
    );
  });
});

describe("a hostile message", () => {
  const FRAME = { source: "sightline", v: 1, type: "set" };

  test("is passed over, whatever it is", () => {
    const anything = fc.anything({
      withBigInt: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      maxDepth: 5,
    });
    fc.assert(
      fc.property(anything, anything, (whole, part) => {
        expect(fragmentSet(whole)).toBeNull();
        if (typeof part !== "string") expect(fragmentSet({ ...FRAME, fragment: part })).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test("that is well formed hands on a text, and no more than a text", () => {
    fc.assert(
      fc.property(fragment, (text) => {
        expect(fragmentSet({ ...FRAME, fragment: text })).toBe(text.replace(/^#/, ""));
      }),
    );
    const deep = { ...FRAME, fragment: "text=a" } as Record<string, unknown>;
    deep.self = deep;
    expect(fragmentSet(deep)).toBe("text=a");
  });
});

test("options are spelt for links: short names that no other field has", () => {
  const names = Object.values(LINK).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name } of Object.values(OPTIONS)) expect(name).toMatch(/^[a-z-]{2,20}$/);
});
