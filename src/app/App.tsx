import { useEffect } from "react";
import { I18nProvider, useLanguage, useT } from "../i18n/I18n";
import { SessionProvider, useSessionStore } from "../store/SessionContext";
import { SettingsProvider, useSettings } from "../store/SettingsContext";
import type { SessionStore } from "../store/session";
import type { SettingsStore } from "../store/settings";
import { Page } from "./Page";
import { UpdateNotice } from "./UpdateNotice";

interface Props {
  session: SessionStore;
  settings: SettingsStore;
}

/** The whole page over one session. */
export function App({ session, settings }: Props) {
  return (
    <SettingsProvider store={settings}>
      <Spoken>
        <SessionProvider store={session}>
          <Effects />
          <Page />
          <UpdateNotice />
        </SessionProvider>
      </Spoken>
    </SettingsProvider>
  );
}

function Spoken({ children }: { children: React.ReactNode }) {
  const language = useSettings((settings) => settings.language);
  return <I18nProvider language={language}>{children}</I18nProvider>;
}

/** What the settings do outside the page's own tree: the document's theme and title, and Escape anywhere. */
function Effects() {
  const t = useT();
  const language = useLanguage();
  const theme = useSettings((settings) => settings.theme);
  const store = useSessionStore();
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the title changes with the language alone
  useEffect(() => {
    document.title = t("app.title");
  }, [language]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.isComposing) store.getState().unlock();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [store]);
  return null;
}
