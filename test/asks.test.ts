import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Rows of the table in docs/asks.md: ask, asked of, how it is met, held by. */
const ROWS = readFileSync("docs/asks.md", "utf8")
  .split("\n")
  .filter((line) => /^\| (?!ask |-)/.test(line))
  .map((line) => line.split("|").slice(1, -1));

/** What a place named in the table says: a file, a folder of tests, a command of package.json. */
function textOf(named: string): string {
  if (!existsSync(named)) return "";
  if (!statSync(named).isDirectory()) return readFileSync(named, "utf8");
  return readdirSync(named)
    .map((file) => textOf(join(named, file)))
    .join("\n");
}

for (const [ask = "", , , heldBy = ""] of ROWS) {
  test(`what holds “${ask.trim()}” is there`, () => {
    const places = [...heldBy.matchAll(/`(test\/[^`]+)`/g)].map(([, place = ""]) => place);
    expect(places.length).toBeGreaterThan(0);
    for (const place of places) expect(textOf(place), place).not.toBe("");
    // “the beginning of a title …” in one of those places
    const titles = [...heldBy.matchAll(/“([^”]+)”/g)].map(([, title = ""]) => title.replace(/ ?…$/, ""));
    const said = places.map(textOf).join("\n");
    for (const title of titles)
      expect(
        [`test("${title}`, `test(\`${title}`].some((name) => said.includes(name)),
        title,
      ).toBe(true);
  });
}

test("no ask is left without its row", () => {
  expect(ROWS.length).toBeGreaterThanOrEqual(20);
});
