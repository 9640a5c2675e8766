import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { catalogueOf, ENGLISH, loadWhole } from "./catalogue";
import { HTML_LANG, type Language } from "./language";
import type { Translate } from "./translator";

const Context = createContext(ENGLISH);

/** Gives its children the messages of `language`; the former language stays until the new catalogue is there. */
export function I18nProvider({ language, children }: { language: Language; children: ReactNode }) {
  const [spoken, setSpoken] = useState(catalogueOf(language) ?? ENGLISH);
  useEffect(() => {
    let wanted = true;
    loadWhole(language).then(
      (catalogue) => wanted && setSpoken(catalogue),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [language]);
  useEffect(() => {
    document.documentElement.lang = HTML_LANG[spoken.language];
  }, [spoken]);
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
