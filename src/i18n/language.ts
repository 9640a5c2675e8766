/** The languages that Sightline speaks: the folders of messages/. */
export const LANGUAGES = ["en", "zh"] as const;

export type Language = (typeof LANGUAGES)[number];

/** Each language in its own words. */
export const LANGUAGE_NAMES = { en: "English", zh: "中文" } as const satisfies Record<Language, string>;

/** The value of the `lang` attribute. */
export const HTML_LANG = { en: "en", zh: "zh-Hans" } as const satisfies Record<Language, string>;

/** The first of the reader's languages that Sightline speaks, else English. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = LANGUAGES.find((each) => tag.toLowerCase().split("-")[0] === each);
    if (language !== undefined) return language;
  }
  return "en";
}
