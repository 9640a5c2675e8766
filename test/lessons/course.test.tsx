import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "../../src/i18n/language";
import en from "../../src/i18n/messages/en/lessons.json";
import zh from "../../src/i18n/messages/zh/lessons.json";
import { CHAPTERS, type NamedChapter } from "../../src/lessons/chapters";
import { SHIPPED_MODELS } from "../../src/model/registry";
import { unpackSwitches } from "../../src/store/experiments";
import { keepSwitches, readSwitches } from "../../src/views/lab/card";
import { EXPERIMENTS, isExperiment } from "../../src/views/lab/registry";
import { ROWS } from "./subject";

const FOLDER = new URL("../../src/lessons/", import.meta.url);

function prose({ number, slug }: NamedChapter, language: string): string {
  return readFileSync(new URL(`${String(number).padStart(2, "0")}-${slug}/${language}.mdx`, FOLDER), "utf8");
}

/** What both languages of a chapter must have in the same order: steps, questions, their options, and where its numbers come from. */
function outline(text: string) {
  return {
    steps: all(text, /<Step id="([^"]+)"/g),
    options: all(text, /<Option id="([^"]+)"/g),
    questions: all(text, /<(Predict|Change|Check|NumberAnswer)\b/g),
    reveals: all(text, /<(Reveal)\b/g).length,
    cited: all(text, /<Cite n=\{(\d+)\}/g).sort(),
    notes: all(text, /<(Notes)\b/g).length,
  };
}

function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? "");
}

/**
 * How long a chapter takes: 200 words or 350 Chinese characters a minute, a number or a formula in a line read as a word; 5 seconds
 * to look at each step's figure, and 10 for each of the three questions. Speaker notes are not read, displayed formulas looked at.
 */
function minutesOf(text: string, steps: number): number {
  const read = text.replace(/<Notes>[\s\S]*?<\/Notes>|\$\$[\s\S]*?\$\$/g, " ");
  const said = all(read, /(\$[^$]+\$|<(?:Num|Token)\b)/g).length;
  const plain = read.replace(/\$[^$]+\$|<[^>]+>/g, " ");
  const characters = all(plain, /([\u4e00-\u9fff])/g).length;
  const words = all(plain, /(\p{sc=Latin}[\p{sc=Latin}\w.'’-]*)/gu).length;
  return characters / 350 + (words + said) / 200 + (steps * 5 + 3 * 10) / 60;
}

describe("the course", () => {
  test("reaches every row of the subject, and no other", () => {
    const reached = new Set(CHAPTERS.flatMap(({ rows }) => rows));
    expect([...reached].filter((row) => !ROWS.includes(row))).toEqual([]);
    expect(ROWS.filter((row) => !reached.has(row))).toEqual([]);
  });

  test("has one chapter in each numbered folder, and a title for each", () => {
    const folders = readdirSync(FOLDER).filter((name) => /^\d\d-/.test(name));
    expect(CHAPTERS.map(({ number, slug }) => `${String(number).padStart(2, "0")}-${slug}`)).toEqual(
      folders.sort(),
    );
    expect(new Set(CHAPTERS.map(({ number }) => number)).size).toBe(CHAPTERS.length);
    for (const { slug } of CHAPTERS) {
      expect(en).toHaveProperty([`title.${slug}`]);
      expect(zh).toHaveProperty([`title.${slug}`]);
    }
  });
});

describe.each(CHAPTERS.map((chapter) => [chapter.slug, chapter] as const))("chapter %s", (_, chapter) => {
  test("has the same steps, questions, options and citations in every language, those of its data", () => {
    const ids = chapter.steps.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const first = outline(prose(chapter, "en"));
    expect(first.steps).toEqual(ids);
    for (const language of LANGUAGES) expect(outline(prose(chapter, language))).toEqual(first);
  });

  test("has one prediction with its reveal, one thing to change and one check", () => {
    const { questions, options, reveals } = outline(prose(chapter, "en"));
    const count = (name: string) => questions.filter((each) => each === name).length;
    expect([count("Predict"), count("Change"), count("Check")]).toEqual([1, 1, 1]);
    expect(reveals).toBe(2);
    const { predict, change, check } = chapter;
    const asked = [predict, check].flatMap((question) =>
      question.kind === "choice" ? question.options : [],
    );
    const moved = change.kind === "figure" ? Object.keys(change.figures) : [];
    expect([...options].sort()).toEqual([...asked, ...moved].sort());
    expect(count("NumberAnswer")).toBe([predict, check].filter(({ kind }) => kind === "number").length);
    for (const question of [predict, check]) {
      if (question.kind === "choice") expect(question.options.length).toBeGreaterThan(1);
    }
  });

  test("cites the sources that it has, and shows models that ship", () => {
    const cited = outline(prose(chapter, "en")).cited.map(Number);
    expect(cited.filter((n) => n < 1 || n > chapter.sources.length)).toEqual([]);
    for (const { figure, revealed } of chapter.steps) {
      for (const model of [figure.model, figure.modelB, revealed?.model]) {
        if (model !== undefined) expect(SHIPPED_MODELS.map(({ id }) => id)).toContain(model);
      }
    }
  });

  test("shows experiments that the lab has, their switches standing where they can", async () => {
    for (const { figure, revealed } of chapter.steps) {
      for (const { experiment, switches } of [figure, revealed ?? {}]) {
        if (experiment === undefined) continue;
        if (!isExperiment(experiment)) throw new Error(`the lab has no experiment ${experiment}`);
        const { switches: table } = await EXPERIMENTS[experiment].load();
        const wanted = unpackSwitches(switches ?? "");
        expect(keepSwitches(table, readSwitches(table, wanted))).toEqual(wanted);
      }
    }
  });

  test.each(LANGUAGES)("takes 3 to 6 minutes in %s, about as many as it says", (language) => {
    const minutes = minutesOf(prose(chapter, language), chapter.steps.length);
    expect(minutes).toBeGreaterThanOrEqual(3);
    expect(minutes).toBeLessThanOrEqual(6);
    expect(Math.abs(minutes - chapter.minutes)).toBeLessThanOrEqual(1);
  });

  test("types no decimal number into its prose: such numbers are read from the trace", () => {
    for (const language of LANGUAGES) {
      const text = prose(chapter, language).replace(/\$\$[\s\S]*?\$\$|\$[^$]*\$/g, " ");
      expect(text.match(/(?<![\w.])\d+\.\d+/g) ?? []).toEqual([]);
    }
  });
});

test("no chapter lies without its prose", () => {
  for (const name of readdirSync(FOLDER).filter((each) => /^\d\d-/.test(each))) {
    for (const file of ["chapter.ts", ...LANGUAGES.map((language) => `${language}.mdx`)]) {
      expect(existsSync(new URL(`${name}/${file}`, FOLDER)), `${name}/${file}`).toBe(true);
    }
  }
});
