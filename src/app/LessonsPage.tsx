import { Suspense } from "react";
import { FigureBoundary } from "../components/FigureBoundary";
import { T } from "../i18n/T";
import { Lessons } from "../lessons/Lessons";
import type { OpenSession } from "../lessons/stage";
import { useSettings } from "../store/SettingsContext";
import { FIGURES } from "./figures";
import { Header } from "./Header";
import styles from "./Page.module.css";

/** The page of the lessons. While one is presented, nothing stands around it. */
export function LessonsPage({ open }: { open: OpenSession }) {
  const present = useSettings((settings) => settings.lesson?.present ?? false);
  return (
    <>
      {!present && (
        <>
          <a className={styles.skip} href="#figure">
            <T id="app.skip" />
          </a>
          <Header />
        </>
      )}
      <main id="figure" tabIndex={-1} className={styles.page}>
        <FigureBoundary>
          <Suspense>
            <Lessons open={open} figures={FIGURES} />
          </Suspense>
        </FigureBoundary>
      </main>
    </>
  );
}
