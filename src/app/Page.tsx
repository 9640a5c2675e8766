import { Suspense, startTransition, useEffect, useState } from "react";
import { FigureBoundary } from "../components/FigureBoundary";
import { T } from "../i18n/T";
import { Followed } from "../store/Followed";
import { isOutdated } from "../store/run";
import { useSession } from "../store/SessionContext";
import { useSettings } from "../store/SettingsContext";
import { isAlone } from "../store/views";
import { Heads } from "../views/heads/Heads";
import { Blank } from "../views/prompt/Blank";
import { Prompt } from "../views/prompt/Prompt";
import { FIGURES } from "./figures";
import { Header } from "./Header";
import { LoneFigure } from "./LoneFigure";
import { later } from "./later";
import styles from "./Page.module.css";

/** Where each view that stands with others is, in reading order. The first pattern is on screen before the code of the later ones comes. */
const VIEWS = [
  { name: "heads", View: Heads },
  { name: "steps", View: later(() => import("../views/steps/Steps").then(({ Steps }) => Steps)) },
  { name: "cell", View: later(() => import("../views/cell/Cell").then(({ Cell }) => Cell)) },
  { name: "block", View: FIGURES.block },
  { name: "output", View: FIGURES.output },
] as const;

/** The page that explores one sentence: the prompt, then every view of it. */
export function Page() {
  const hasTrace = useSession((session) => session.runs[0]?.trace != null);
  const view = useSettings((settings) => settings.view);
  const isEmpty = useSession((session) => session.runs[0]?.status === "empty");
  const isLoading = useSession(({ runs: [run] }) => run?.status === "loading");
  const drawn = useDrawn(hasTrace, isLoading);
  const isLate = useSession(({ runs: [run] }) => run !== undefined && isOutdated(run));
  return (
    <>
      <a className={styles.skip} href="#figure">
        <T id="app.skip" />
      </a>
      <Header />
      <main id="figure" tabIndex={-1} className={styles.page}>
        <h1 className="spoken">
          <T id="app.title" />
        </h1>
        <FigureBoundary>
          <Prompt />
        </FigureBoundary>
        <Blank />
        {isAlone(view) ? (
          <div data-late={isLate || undefined} className={styles.results}>
            <LoneFigure view={view} />
          </div>
        ) : isEmpty ? null : (
          <div data-late={isLate || undefined} className={`${styles.views} ${styles.results}`}>
            {VIEWS.map(({ name, View }, at) => (
              <Followed key={name} id={`view-${name}`} className={styles[name]}>
                {hasTrace && at < drawn && (
                  <FigureBoundary>
                    <Suspense>
                      <View />
                    </Suspense>
                  </FigureBoundary>
                )}
              </Followed>
            ))}
          </div>
        )}
      </main>
    </>
  );
}

/** How long the views below the first two wait for a model that is being loaded, in ms. */
const PATIENCE = 1000;

/**
 * How many of the views are drawn: the first at once, the next a moment later, the others when nothing is loaded any more
 * (or it takes long), so that the first picture and the first run wait for none of them.
 */
function useDrawn(hasTrace: boolean, isLoading: boolean): number {
  const [drawn, setDrawn] = useState(1);
  useEffect(() => {
    if (!hasTrace || drawn === VIEWS.length) return;
    const draw = (count: number) => startTransition(() => setDrawn(count));
    if (!isLoading) return draw(VIEWS.length);
    draw(2);
    const timer = setTimeout(() => draw(VIEWS.length), PATIENCE);
    return () => clearTimeout(timer);
  }, [hasTrace, isLoading, drawn]);
  return drawn;
}
