import * as v from "valibot";
import { LANGUAGES } from "../i18n/language";
import { type Settings, THEMES } from "./settings";

const KEY = "sightline.settings";

const remembered = v.partial(
  v.object({
    theme: v.fallback(v.optional(v.picklist(THEMES)), undefined),
    language: v.fallback(v.optional(v.picklist(LANGUAGES)), undefined),
    transpose: v.fallback(v.optional(v.boolean()), undefined),
  }),
);

/** The settings of the last visit; nothing where storage is blocked, empty or spoilt. */
export function recall(storage: () => Storage): Partial<Settings> {
  try {
    const parsed = v.safeParse(remembered, JSON.parse(storage().getItem(KEY) ?? "{}"));
    if (!parsed.success) return {};
    return Object.fromEntries(Object.entries(parsed.output).filter(([, value]) => value !== undefined));
  } catch {
    return {};
  }
}

/** Keeps the settings for the next visit, where storage lets us. */
export function remember(
  storage: () => Storage,
  { theme, language, transpose }: Pick<Settings, "theme" | "language" | "transpose">,
): void {
  try {
    storage().setItem(KEY, JSON.stringify({ theme, language, transpose }));
  } catch {
    // Blocked or full: the settings then last for this visit.
  }
}
