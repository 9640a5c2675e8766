import { useT } from "../i18n/I18n";
import { useSettings } from "../store/SettingsContext";
import { THEMES } from "../store/settings";
import styles from "./Header.module.css";

/** Which part of the disc is filled, by theme. */
const FILLED = {
  auto: "M8 1.5a6.5 6.5 0 0 1 0 13z",
  light: "",
  dark: "M8 1.5a6.5 6.5 0 0 1 0 13a6.5 6.5 0 0 1 0-13z",
} as const;

/** Goes round the themes: as the system, light, dark. */
export function ThemeButton() {
  const t = useT();
  const theme = useSettings((settings) => settings.theme);
  const set = useSettings((settings) => settings.set);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "auto";
  const name = t(`app.theme.${theme}`);
  return (
    <button
      type="button"
      className={styles.theme}
      aria-label={name}
      title={name}
      onClick={() => set({ theme: next })}
    >
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.3" />
        <path d={FILLED[theme]} fill="currentColor" />
      </svg>
    </button>
  );
}
