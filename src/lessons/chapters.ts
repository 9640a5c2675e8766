import { type ComponentType, lazy } from "react";
import type { Language } from "../i18n/language";
import type { Chapter } from "./chapter";

/** Folders are named NN-slug: the number gives the order, the slug the address. */
const DATA = import.meta.glob<{ chapter: Chapter }>("./*/chapter.ts", { eager: true });
const PROSE = import.meta.glob<{ default: ComponentType<ProseProps> }>("./*/*.mdx");

interface ProseProps {
  // biome-ignore lint/suspicious/noExplicitAny: MDX gives each tag what the prose says
  readonly components: Readonly<Record<string, ComponentType<any>>>;
}

export interface NamedChapter extends Chapter {
  readonly slug: string;
  readonly number: number;
}

/** Every chapter, in the order of the course. */
export const CHAPTERS: readonly NamedChapter[] = Object.entries(DATA)
  .map(([path, { chapter }]) => {
    const [, number = "", slug = ""] = /^\.\/(\d\d)-([a-z0-9-]+)\//.exec(path) ?? [];
    return { ...chapter, number: Number(number), slug };
  })
  .sort((a, b) => a.number - b.number);

/** A chapter by its slug, or null. */
export function chapterOf(slug: string): NamedChapter | null {
  return CHAPTERS.find((chapter) => chapter.slug === slug) ?? null;
}

const opened = new Map<string, ComponentType<ProseProps>>();

/** The prose of a chapter, whose code comes when it is first shown; in English where the language lacks it. */
export function proseOf({ slug, number }: NamedChapter, language: Language): ComponentType<ProseProps> {
  const folder = `./${String(number).padStart(2, "0")}-${slug}`;
  const [path = ""] = [language, "en"].map((each) => `${folder}/${each}.mdx`).filter((each) => each in PROSE);
  const known = opened.get(path) ?? lazy(PROSE[path] ?? (() => Promise.reject(new Error(`no ${folder}`))));
  opened.set(path, known);
  return known;
}
