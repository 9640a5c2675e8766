import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fromFragment } from "../../src/store/fragment";

interface Kept {
  readonly made: string;
  readonly fragment: string;
  readonly link: unknown;
}

const links: readonly Kept[] = JSON.parse(readFileSync(new URL("links.json", import.meta.url), "utf8"));

/** Links that were made once and lie in posts and papers: they are added to, and never changed. */
describe("a link of an earlier day opens as it did", () => {
  test.each(links)("$made", ({ fragment, link }) => {
    expect(fromFragment(fragment)).toEqual(link);
  });
});
