import { messages as english } from "virtual:messages/en";
import type { Messages } from "@lingui/core";
import type { Language } from "./language";
import { type Translate, translator } from "./translator";

type Load = () => Promise<{ messages: Messages }>;

/** The parts of each language: what the first picture needs, and the rest. English begins with its first part. */
const PARTS: Record<Language, { first: Load; later: Load }> = {
  en: { first: async () => ({ messages: english }), later: () => import("virtual:messages/en/later") },
  zh: { first: () => import("virtual:messages/zh"), later: () => import("virtual:messages/zh/later") },
};

/** One language as far as it has come. */
export interface Catalogue {
  readonly language: Language;
  /**
   * Where a message of the later part is asked for before that has come, this throws the promise of it, as React's
   * Suspense expects: the view that needs it waits.
   */
  readonly t: Translate;
}

interface Shelf {
  readonly catalogue: Catalogue;
  /** Resolves once every message is there; tried again after a failure. */
  whole(): Promise<void>;
}

const shelves: Partial<Record<Language, Shelf>> = {};

/** English as it is bundled: what is spoken where no provider says otherwise. */
export const ENGLISH = shelve("en", english).catalogue;

/** The catalogue of a language, if its first part has come. */
export function catalogueOf(language: Language): Catalogue | undefined {
  return shelves[language]?.catalogue;
}

/** Fetches the first part of a language; the page calls it before its first paint. */
export async function loadLanguage(language: Language): Promise<void> {
  await shelfOf(language);
}

/** Fetches all of a language. */
export async function loadWhole(language: Language): Promise<Catalogue> {
  const { catalogue, whole } = await shelfOf(language);
  await whole();
  return catalogue;
}

async function shelfOf(language: Language): Promise<Shelf> {
  return shelves[language] ?? shelve(language, (await PARTS[language].first()).messages);
}

function shelve(language: Language, first: Messages): Shelf {
  const all: Messages = { ...first };
  let later: Promise<void> | null = null;
  let isWhole = false;
  const whole = () => {
    later ??= PARTS[language]
      .later()
      .then(({ messages }) => {
        Object.assign(all, messages);
        isWhole = true;
      })
      .catch((error) => {
        later = null;
        throw error;
      });
    return later;
  };
  const missing = () => {
    if (!isWhole) throw whole();
  };
  const shelf: Shelf = { catalogue: { language, t: translator(language, all, missing) }, whole };
  shelves[language] = shelf;
  return shelf;
}
