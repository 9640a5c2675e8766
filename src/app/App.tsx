import { lazy, Suspense, useEffect } from "react";
import { I18nProvider, useLanguage, useT } from "../i18n/I18n";
import type { LinkState } from "../store/link";
import { SessionProvider, useSessionStore } from "../store/SessionContext";
import { SettingsProvider, useSettings } from "../store/SettingsContext";
import type { SessionStore } from "../store/session";
import type { SettingsStore } from "../store/settings";
import { Page } from "./Page";

interface Props {
  session: SessionStore;
  settings: SettingsStore;
  /** Begins a further session over the same engine. */
  open(link: Partial<LinkState>): SessionStore;
}

const UpdateNotice = lazy(async () => ({ default: (await import("./UpdateNotice")).UpdateNotice }));
const LessonsPage = lazy(async () => ({ default: (await import("./LessonsPage")).LessonsPage }));

/** The whole page: it explores over one session, or shows the lessons over theirs. */
export function App({ session, settings, open }: Props) {
  return (
    <SettingsProvider store={settings}>
      <Spoken>
        <SessionProvider store={session}>
          <Effects />
          <Shown open={open} />
          <Suspense>
            <UpdateNotice />
          </Suspense>
        </SessionProvider>
      </Spoken>
    </SettingsProvider>
  );
}

function Shown({ open }: Pick<Props, "open">) {
  const explores = useSettings((settings) => settings.lesson === null);
  if (explores) return <Page />;
  return (
    <Suspense>
      <LessonsPage open={open} />
    </Suspense>
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
