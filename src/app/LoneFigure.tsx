import { Suspense } from "react";
import { FigureBoundary } from "../components/FigureBoundary";
import { Followed } from "../store/Followed";
import { useSession } from "../store/SessionContext";
import type { LoneView } from "../store/views";
import { Heads } from "../views/heads/Heads";
import { later } from "./later";
import styles from "./Page.module.css";

/** Each view that has the page to itself: whether all heads stand beside it, and whether it needs a trace. */
const FIGURES = {
  lines: {
    heads: true,
    traced: true,
    View: later(() => import("../views/lines/Lines").then(({ Lines }) => Lines)),
  },
  neuron: {
    heads: true,
    traced: true,
    View: later(() => import("../views/neuron/Neuron").then(({ Neuron }) => Neuron)),
  },
  position: {
    heads: true,
    traced: true,
    View: later(() => import("../views/position/Position").then(({ Position }) => Position)),
  },
  decode: {
    heads: false,
    traced: true,
    View: later(() => import("../views/decode/Decode").then(({ Decode }) => Decode)),
  },
  compare: {
    heads: true,
    traced: true,
    View: later(() => import("../views/compare/Compare").then(({ Compare }) => Compare)),
  },
  lab: {
    heads: false,
    traced: true,
    View: later(() => import("../views/lab/Lab").then(({ Lab }) => Lab)),
  },
  training: {
    heads: false,
    traced: true,
    View: later(() => import("../views/training/Training").then(({ Training }) => Training)),
  },
  digits: {
    heads: false,
    traced: false,
    View: later(() => import("../views/digits/Digits").then(({ Digits }) => Digits)),
  },
  atlas: {
    heads: false,
    traced: false,
    View: later(() => import("../views/atlas/Atlas").then(({ Atlas }) => Atlas)),
  },
} as const satisfies Record<LoneView, { heads: boolean; traced: boolean; View: ReturnType<typeof later> }>;

/** A view that has the page to itself, with all heads beside it where it follows one. */
export function LoneFigure({ view }: { view: LoneView }) {
  const hasTrace = useSession((session) => session.runs[0]?.trace != null);
  const { heads, traced, View } = FIGURES[view];
  if (traced && !hasTrace) return null;
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
