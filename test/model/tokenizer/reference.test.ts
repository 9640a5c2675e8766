import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTokenizer } from "../../../src/model/tokenizer/tokenizer";
import { VARIANTS } from "../support/tokenizerVariants";

/** Recorded once with the Rust library of Hugging Face (tokenizers 0.23) from the same tokenizer files. */
interface Reference {
  readonly texts: readonly string[];
  readonly pairs: readonly (readonly [string, string])[];
  /** By tokenizer: the ids of every text, and the ids and types of every pair. */
  readonly ids: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly pairIds: Readonly<Record<string, readonly (readonly (readonly number[])[])[]>>;
}

const { texts, pairs, ids, pairIds }: Reference = JSON.parse(
  readFileSync(join(import.meta.dirname, "reference.json"), "utf8"),
);

describe.each(Object.entries(VARIANTS))("%s", (name, json) => {
  const tokenizer = readTokenizer(json);

  it("cuts every text into the same ids as the reference library", () => {
    expect(texts.map((text) => [text, tokenizer.encode(text).ids])).toEqual(
      texts.map((text, i) => [text, ids[name]?.[i]]),
    );
  });

  it("puts pairs together with the same ids and types", () => {
    const got = pairs.map(([text, pair]) => {
      const encoding = tokenizer.encode(text, { pair });
      return [encoding.ids, encoding.typeIds];
    });
    expect(got).toEqual(pairIds[name]);
  });
});
