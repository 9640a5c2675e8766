import { messages as english } from "virtual:messages/en";
import type { Messages } from "@lingui/core";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { HTML_LANG, type Language } from "./language";
import { type Translate, translator } from "./translator";

interface Spoken {
  readonly language: Language;
  readonly t: Translate;
}

const ENGLISH: Spoken = { language: "en", t: translator("en", english) };
const Context = createContext<Spoken>(ENGLISH);

/** Catalogues besides English, fetched when first wanted. */
const LOAD: Record<Exclude<Language, "en">, () => Promise<{ messages: Messages }>> = {
  zh: () => import("virtual:messages/zh"),
};

const loaded: Partial<Record<Language, Messages>> = { en: english };

/** Fetches the catalogue of a language; the page calls it before its first paint. */
export async function loadLanguage(language: Language): Promise<void> {
  if (language !== "en" && loaded[language] === undefined)
    loaded[language] = (await LOAD[language]()).messages;
}

/** Gives its children the messages of `language`; the former language stays until the new catalogue is there. */
export function I18nProvider({ language, children }: { language: Language; children: ReactNode }) {
  const [ready, setReady] = useState<Language>(loaded[language] === undefined ? "en" : language);
  useEffect(() => {
    let wanted = true;
    loadLanguage(language).then(
      () => wanted && setReady(language),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [language]);
  const spoken = useMemo<Spoken>(() => {
    const messages = loaded[ready];
    return messages === undefined ? ENGLISH : { language: ready, t: translator(ready, messages) };
  }, [ready]);
  useEffect(() => {
    document.documentElement.lang = HTML_LANG[spoken.language];
  }, [spoken.language]);
  return <Context value={spoken}>{children}</Context>;
}

/** The translate function of the reader's language. */
export function useT(): Translate {
  return useContext(Context).t;
}

/** The reader's language. */
export function useLanguage(): Language {
  return useContext(Context).language;
}
