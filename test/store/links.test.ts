import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { shippedModel } from "../../src/model/registry";
import { fromFragment, loadPacking } from "../../src/store/fragment";
import { LINK } from "../../src/store/link";
import { openingOf } from "../../src/store/permalink";
import { VIEWS } from "../../src/store/views";

interface Kept {
  readonly made: string;
  readonly fragment: string;
  readonly link: unknown;
}

const links: readonly Kept[] = JSON.parse(readFileSync(new URL("links.json", import.meta.url), "utf8"));

// What long texts are packed with comes when it is needed.
beforeAll(loadPacking);

/** Links that were made once and lie in posts and papers: they are added to, and never changed. */
describe("a link of an earlier day opens as it did", () => {
  test.each(links)("$made", ({ fragment, link }) => {
    expect(fromFragment(fragment)).toEqual(link);
  });

  test.each(links)("$made, with a model that ships today", ({ fragment }) => {
    const { runs } = openingOf(fromFragment(fragment), { model: "causal", text: "" });
    for (const { source } of runs) expect(shippedModel(source.model)).not.toBeNull();
  });

  test("one to the first model of all opens the model that took its place", () => {
    const link = fromFragment("v=1&text=A&model=first-light&b=B&b-model=first-light");
    const { runs } = openingOf(link, { model: "masked", text: "" });
    expect(runs.map(({ source }) => source.model)).toEqual(["causal", "causal"]);
  });
});

test("the guide of embeds names every field of a link, and every view", () => {
  const guide = readFileSync(new URL("../../docs/embed.md", import.meta.url), "utf8");
  const named = new Set([...guide.matchAll(/`([a-z-]+)(?:=[^`]*)?`/g)].map(([, name]) => name));
  expect(Object.values(LINK).filter(({ name }) => !named.has(name))).toEqual([]);
  expect(VIEWS.filter((view) => !named.has(view))).toEqual([]);
});
