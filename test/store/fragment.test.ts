import * as fc from "fast-check";
import { deflateSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { fromFragment, loadPacking, toFragment } from "../../src/store/fragment";
import { LINK, type LinkState } from "../../src/store/link";
import { FIRST_OPTIONS, OPTIONS, optionsIn } from "../../src/store/options";
import { STAGES } from "../../src/store/stages";

const wellFormed = fc.string({ unit: "grapheme", maxLength: 600 });
const count = fc.nat(999_999);

const state: fc.Arbitrary<Partial<LinkState>> = fc.record(
  {
    text: wellFormed,
    second: wellFormed,
    target: wellFormed,
    model: fc.constantFrom("causal", "masked-2"),
    stack: fc.constantFrom("encoder", "decoder"),
    attention: fc.constant("cross_attn" as const),
    layer: count,
    head: count,
    query: count,
    key: count,
    locked: fc.boolean(),
    step: fc.constantFrom(...STAGES),
    site: fc.constantFrom("attn.hook_q", "hook_resid_pre"),
    dimension: fc.integer({ min: 1, max: 999 }),
    temperature: fc.constantFrom(0, 0.7, 1.25, 10),
    topK: fc.integer({ min: 1, max: 999 }),
    topP: fc.constantFrom(0, 0.5, 0.95),
    seed: fc.integer({ min: 2, max: 999 }),
    transpose: fc.constant(true),
    theme: fc.constantFrom("light", "dark"),
    language: fc.constantFrom("en", "zh"),
  },
  { requiredKeys: [] },
);

beforeAll(loadPacking);

describe("a fragment", () => {
  test("restores every field that it was made from", () => {
    fc.assert(
      fc.property(state, (link) => {
        expect(fromFragment(`#${toFragment(link)}`)).toEqual(link);
      }),
    );
  });

  test("keeps a short text readable and packs a long one", () => {
    expect(toFragment({ text: "The animal was tired.", layer: 1 })).toBe(
      "v=1&text=The+animal+was+tired.&layer=1",
    );
    const long = "word ".repeat(20_000);
    const fragment = toFragment({ text: long });
    expect(fragment.startsWith("v=1&text.z=")).toBe(true);
    expect(fragment.length).toBeLessThan(1000);
    expect(fromFragment(fragment)).toEqual({ text: long });
  });

  test("leaves out the values that a page has anyway", () => {
    const usual = { stack: "blocks", temperature: 1, topK: 0, topP: 1, seed: 1, theme: "auto" } as const;
    expect(toFragment({ ...usual, transpose: false, layer: 0 })).toBe("v=1&layer=0");
  });

  test("carries every option of every view, and leaves the others as on a first visit", () => {
    const values = {
      show: "numbers",
      sort: "dimension",
      similarity: "dot",
      order: "2.0.1",
      bare: true,
      find: "the dog",
      reading: "lens",
      written: true,
      node: 3,
      nodeStep: 2,
      looksAt: "attn",
      way: "rollout",
      wayB: "flow",
      attentionB: "cross_attn",
      layerB: 2,
      headB: 5,
      metric: "flops",
      length: "full",
      member: "t5-small",
    } as const;
    expect(Object.keys({ ...values, ...FIRST_OPTIONS })).toEqual(
      expect.arrayContaining(Object.keys(OPTIONS)),
    );
    for (const [field, value] of Object.entries(values)) {
      expect(value, field).not.toBe(FIRST_OPTIONS[field as keyof typeof FIRST_OPTIONS]);
      const read = optionsIn(fromFragment(toFragment({ [field]: value })));
      expect(read).toEqual({ ...FIRST_OPTIONS, [field]: value });
    }
  });

  test("is read piece by piece: a malformed field is left out, the others stay", () => {
    const good = "v=1&text=hello&layer=1";
    const bad = [
      "head=-1",
      "query=1e9",
      "key=7.5",
      "step=explode",
      "theme=%3Cscript%3E",
      "temperature=11",
      "top-p=NaN",
      "lang=fr",
      "model=../../etc",
      "site=A%20B",
      "locked=maybe",
      "target.z=!!!!",
      "second.z=AAAA",
      "__proto__=1",
      "constructor=2",
      "%E0%A4%A",
      "second=%E0%A4%A",
    ];
    for (const piece of bad) expect(fromFragment(`${good}&${piece}`)).toEqual({ text: "hello", layer: 1 });
    expect(fromFragment([good, ...bad].join("&"))).toEqual({ text: "hello", layer: 1 });
  });

  test("of another version says nothing", () => {
    expect(fromFragment("v=2&text=hello")).toEqual({});
    expect(fromFragment("text=hello")).toEqual({ text: "hello" });
  });

  test("never throws, and reads nothing but fields of the table", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const unknown = Object.keys(fromFragment(text)).filter((name) => !Object.hasOwn(LINK, name));
        expect(unknown).toEqual([]);
      }),
    );
  });

  test("that would unfold to hundreds of megabytes is refused", () => {
    const packed = Buffer.from(deflateSync(new Uint8Array(100_000_000).fill(97), { level: 9 })).toString(
      "base64url",
    );
    expect(packed.length).toBeLessThan(200_000);
    expect(fromFragment(`v=1&text.z=${packed}&layer=2`)).toEqual({ layer: 2 });
  });
});
