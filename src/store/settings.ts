import { createStore, type StoreApi } from "zustand/vanilla";
import type { Language } from "../i18n/language";
import type { LessonPlace } from "./lessonPlace";
import { FIRST_OPTIONS, type Options } from "./options";
import type { View } from "./views";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** What holds for the whole page, whatever figure is shown. */
export interface Settings {
  readonly theme: Theme;
  readonly language: Language;
  /** Draw matrices with keys as rows and queries as columns, as texts with column vectors do. */
  readonly transpose: boolean;
  /** Which view the page shows. */
  readonly view: View;
  /** How the views are looked at. */
  readonly options: Options;
  /** The lesson that is read; null on the page that explores. */
  readonly lesson: LessonPlace | null;
}

export interface SettingsState extends Settings {
  set(change: Partial<Settings>): void;
}

export type SettingsStore = StoreApi<SettingsState>;

/** A store of page-wide settings that begins with `initial`. */
export function createSettings(
  initial: Omit<Settings, "lesson" | "options"> & Partial<Settings>,
): SettingsStore {
  return createStore<SettingsState>()((set) => ({
    lesson: null,
    options: FIRST_OPTIONS,
    ...initial,
    set: (change) => set(change),
  }));
}
