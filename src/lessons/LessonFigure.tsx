import { type ComponentType, Suspense, useEffect } from "react";
import { FigureBoundary } from "../components/FigureBoundary";
import { useT } from "../i18n/I18n";
import { toFragment } from "../store/fragment";
import { linkOf } from "../store/permalink";
import { SessionProvider, useSession } from "../store/SessionContext";
import { SettingsProvider, useSettings } from "../store/SettingsContext";
import type { View } from "../store/views";
import styles from "./Lesson.module.css";
import type { Stage } from "./stage";

/** Every view as a figure that stands alone. */
export type Figures = Readonly<Record<View, ComponentType>>;

/** The live figure of a step: one of the page's views over the step's own session. */
export function LessonFigure({ stage, figures }: { stage: Stage; figures: Figures }) {
  const theme = useSettings((settings) => settings.theme);
  const language = useSettings((settings) => settings.language);
  useEffect(() => stage.settings.getState().set({ theme, language }), [stage, theme, language]);
  return (
    <SettingsProvider store={stage.settings}>
      <SessionProvider store={stage.session}>
        <Shown figures={figures} />
      </SessionProvider>
    </SettingsProvider>
  );
}

function Shown({ figures }: { figures: Figures }) {
  const t = useT();
  const view = useSettings((settings) => settings.view);
  const run = useSession((session) => session.runs[0]);
  const View = figures[view];
  const waiting = <p role="status">{t("lessons.waiting")}</p>;
  return (
    <section className={styles.figure} aria-label={t("lessons.figure")} data-view={view}>
      {run?.trace == null ? (
        run?.error == null ? (
          waiting
        ) : (
          <Failed />
        )
      ) : (
        <FigureBoundary key={view}>
          <Suspense fallback={waiting}>
            <View />
          </Suspense>
        </FigureBoundary>
      )}
      <OpenLink />
    </section>
  );
}

function Failed() {
  const t = useT();
  const start = useSession((session) => session.start);
  return (
    <div role="alert">
      <p>{t("lessons.failed")}</p>
      <button type="button" className={styles.button} onClick={() => start()}>
        {t("errors.retry")}
      </button>
    </div>
  );
}

/** Opens the full page in the same state. */
function OpenLink() {
  const t = useT();
  const session = useSession((state) => state);
  const settings = useSettings((state) => state);
  return (
    <p className={styles.open}>
      <a href={`./#${toFragment(linkOf(session, settings))}`} target="_blank" rel="noopener">
        {t("lessons.open")}
      </a>
    </p>
  );
}
