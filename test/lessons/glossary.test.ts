import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { glossary } from "../../scripts/glossaryText";
import en from "../../src/i18n/messages/en/terms.json";
import { TERMS } from "../../src/i18n/terms";

test("docs/glossary.md is what the terms and their messages say: npm run glossary writes it", () => {
  expect(readFileSync(new URL("../../docs/glossary.md", import.meta.url), "utf8")).toBe(glossary());
});

test("every term has a name and a meaning, and there are no others", () => {
  const ids = Object.keys(TERMS);
  expect(Object.keys(en).sort()).toEqual(ids.flatMap((id) => [id, `${id}.means`]).sort());
});
