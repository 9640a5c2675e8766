import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");

const GUIDES = [
  "README.md",
  "README.zh.md",
  "CONTRIBUTING.md",
  "CREDITS.md",
  "training/README.md",
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
  ...readdirSync(join(ROOT, "public/models"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("card.md"))
    .map((name) => `public/models/${name}`),
];

const read = (name: string) => readFileSync(join(ROOT, name), "utf8");
const scripts: Readonly<Record<string, string>> = JSON.parse(read("package.json")).scripts;

/** The first group of every match. */
function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? "");
}

/** Whether a file or folder is there, by its path from one of these folders. */
function isThere(path: string, from: readonly string[]): boolean {
  return from.some((folder) => existsSync(join(ROOT, folder, path)));
}

describe.each(GUIDES)("%s", (guide) => {
  const text = read(guide);

  test("links to files that are there", () => {
    const links = all(text, /\]\(([^)\s]+)\)/g).filter((link) => !/^[a-z]+:|^#/.test(link));
    expect(links.filter((link) => !isThere(link.replace(/#.*/, ""), [dirname(guide)]))).toEqual([]);
  });

  test("shows commands that are there", () => {
    const wanted = all(text, /npm run (?:-s )?([\w:-]+)/g);
    expect(wanted.filter((name) => scripts[name] === undefined)).toEqual([]);
    const modules = all(text, /python3 -m (training[\w.]*)/g).map((name) => name.replaceAll(".", "/"));
    expect(modules.filter((path) => !isThere(`${path}.py`, [""]) && !isThere(path, [""]))).toEqual([]);
    const tests = all(text, /npx vitest run (.*)/g).flatMap((line) => all(line, /(test\/\S+)/g));
    // A test that is yet to be written is one of the guide's own example.
    expect(tests.filter((path) => !isThere(path, [""]) && !path.startsWith("test/views/norms"))).toEqual([]);
  });

  test("names files of the source that are there", () => {
    const files = all(text, /`((?:[\w.-]+\/)+[\w.-]+\.(?:tsx?|mdx?|py|mjs|css|html))`/g);
    const examples = /^(?:src\/)?views\/norms\/|^test\/views\/norms\/|cards\/louder\.|^layouts\//;
    const missing = files.filter(
      (path) => !isThere(path, ["", "src", "src/engine", "src/model", "test/bench", dirname(guide)]),
    );
    expect(missing.filter((path) => !examples.test(path))).toEqual([]);
  });
});

test("both readmes show the same commands and link to the same pages", () => {
  const [english, chinese] = ["README.md", "README.zh.md"].map((name) => read(name));
  const commands = (text = "") => all(text, /^(npm (?:ci|run)[^#\n]*?)\s*(?:#.*)?$/gm);
  const links = (text = "") =>
    all(text, /\]\(([^)\s]+)\)/g)
      .filter((link) => !link.endsWith(".png") && !link.startsWith("README"))
      .sort();
  expect(commands(english).length).toBeGreaterThan(2);
  expect(commands(chinese)).toEqual(commands(english));
  expect(links(chinese)).toEqual(links(english));
});
