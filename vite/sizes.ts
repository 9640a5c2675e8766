import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ENTRY } from "./classicChunks.ts";

/** What an embed may weigh before its model, compressed, and what the script that makes its frame may weigh, in bytes. */
const EMBED = 100_000;
const ELEMENT = 3000;

/** What of a built site is heavier than it may be, in words: the element, and each figure with all that it loads first. */
export function tooHeavy(out: string): readonly string[] {
  const folder = join(out, "embed");
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const packed = (name: string) => gzipSync(read(name), { level: 9 }).length;
  const needs = (name: string, known = new Set<string>()): Set<string> => {
    if (known.has(name)) return known;
    known.add(name);
    const list = /sightlineChunk\("[^"]+",(\[[^\]]*\])/.exec(read(name))?.[1] ?? "[]";
    for (const each of JSON.parse(list) as string[]) needs(each, known);
    return known;
  };
  // The worker comes after the first picture, with the model.
  const figures = [...read(ENTRY).matchAll(/require\.later\("([^"]+)"\)/g)]
    .map(([, name = ""]) => name)
    .filter((name) => !name.startsWith("engine.worker"));
  const weights = figures.map((name) => {
    const all = [...needs(name, needs(ENTRY)), "embed.css"];
    return {
      what: `the embed with ${name}`,
      bytes: all.reduce((sum, each) => sum + packed(each), 0),
      most: EMBED,
    };
  });
  const element = readFileSync(join(out, "sightline-embed.js")).length;
  return [...weights, { what: "sightline-embed.js", bytes: element, most: ELEMENT }]
    .filter(({ bytes, most }) => bytes >= most)
    .map(({ what, bytes, most }) => `${what} weighs ${bytes} bytes, and may weigh ${most}`);
}
