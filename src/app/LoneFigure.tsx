import { Suspense } from "react";
import { FigureBoundary } from "../components/FigureBoundary";
import { Followed } from "../store/Followed";
import { useSession } from "../store/SessionContext";
import type { LoneView } from "../store/views";
import { Heads } from "../views/heads/Heads";
import { FIGURES } from "./figures";
import { later } from "./later";
import styles from "./Page.module.css";

/** Views that follow one head: all heads stand beside them. */
const OF_A_HEAD: ReadonlySet<LoneView> = new Set(["lines", "neuron", "position", "compare"]);

/** Views that show something without a trace. */
const UNTRACED: ReadonlySet<LoneView> = new Set(["digits", "atlas"]);

/** Each view as its figure, but the lab, which has all of its cards here. */
const VIEWS = { ...FIGURES, lab: later(() => import("../views/lab/Lab").then(({ Lab }) => Lab)) };

/** A view that has the page to itself, with all heads beside it where it follows one. */
export function LoneFigure({ view }: { view: LoneView }) {
  const hasTrace = useSession((session) => session.runs[0]?.trace != null);
  const heads = OF_A_HEAD.has(view);
  const View = VIEWS[view];
  if (!UNTRACED.has(view) && !hasTrace) return null;
  return (
    <div className={heads ? styles.beside : styles.alone}>
      {heads && (
        <Followed className={styles.heads}>
          <FigureBoundary>
            <Heads />
          </FigureBoundary>
        </Followed>
      )}
      <div id={`view-${view}`} className={styles.figure}>
        <FigureBoundary key={view}>
          <Suspense>
            <View />
          </Suspense>
        </FigureBoundary>
      </div>
    </div>
  );
}
