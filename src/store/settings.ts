import { createStore, type StoreApi } from "zustand/vanilla";
import { FIRST_OPTIONS, type Options } from "./options";
import type { View } from "./views";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** What holds for the whole page, whatever figure is shown. */
export interface Settings {
  readonly theme: Theme;
  readonly language: "en" | "zh";
  /** Draw matrices with keys as rows and queries as columns, as texts with column vectors do. */
  readonly transpose: boolean;
  /** Which view the page shows. */
  readonly view: View;
  /** How the views are looked at. */
  readonly options: Options;
}

export interface SettingsState extends Settings {
  set(change: Partial<Settings>): void;
}

export type SettingsStore = StoreApi<SettingsState>;

/** A store of page-wide settings that begins with `initial`. */
export function createSettings(initial: Omit<Settings, "options"> & Partial<Settings>): SettingsStore {
  return createStore<SettingsState>()((set) => ({
    options: FIRST_OPTIONS,
    ...initial,
    set: (change) => set(change),
  }));
}
