import { useCallback, useMemo, useSyncExternalStore } from "react";
import { drawingOf } from "../export/drawing";
import { svgText } from "../export/figure";
import { heatmapFigure } from "../export/heatmapFigure";
import { useT } from "../i18n/I18n";
import { textOf } from "../store/run";
import { useSession } from "../store/SessionContext";
import type { SessionState } from "../store/session";
import { OPENS } from "../store/stages";
import { FIRST_VIEW } from "../store/views";
import { isExperiment } from "../views/lab/registry";
import { useLesson, useStage } from "./LessonContext";
import styles from "./PrintedFigure.module.css";
import type { Stage } from "./stage";

/** Views that show what the selection points at: its matrix stands for them on paper. */
const DRAWN = new Set(["steps", "heads", "lines", "neuron"]);
/** Views of the whole model, where no head is looked at. */
const WHOLE = new Set(["output", "decode", "atlas"]);

/** A step's figure on paper: which text, model and head it shows, and the matrix that is looked at. */
export function PrintedFigure() {
  const t = useT();
  const stage = useStage();
  const { stages } = useLesson();
  const { figure } = stage;
  const isAgain = useIsSame(stage, stages[stages.indexOf(stage) - 1]);
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  const source = useSession((session) => session.runs[0]?.run.source);
  const selection = useSession((session) => session.selection);
  const view = figure.view ?? FIRST_VIEW;
  const { experiment = "" } = figure;
  const run = { model: source?.model ?? "", text: textOf(source) };
  const caption =
    view === "lab" && isExperiment(experiment)
      ? t("lessons.printed.lab", { ...run, question: t(`lab.${experiment}.question`) })
      : WHOLE.has(view)
        ? t("lessons.printed.whole", { ...run, view: t(`app.view.${view}`) })
        : t("lessons.printed", {
            ...run,
            view: t(`app.view.${view}`),
            layer: selection.layer,
            head: selection.head,
          });
  const drawn = DRAWN.has(view) && !isAgain;
  const svg = useMemo(() => {
    if (trace === null || !drawn) return null;
    const axis = (name: "query" | "key" | "position" | "dimension") => t(`steps.role.${name}`);
    const axes = {
      query: axis("query"),
      key: axis("key"),
      position: axis("position"),
      dimension: axis("dimension"),
    };
    const site = siteOf(view, selection);
    // The caption stands below, in the type of the page.
    const drawing = drawingOf(trace, selection, site, { caption: "", axes });
    return drawing === null ? null : svgText(heatmapFigure(drawing, "light"));
  }, [trace, selection, drawn, view, t]);
  return (
    <figure className={styles.printed}>
      {svg !== null && <img src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={caption} />}
      <figcaption>
        {caption}
        {isAgain && ` · ${t("lessons.printed.again")}`}
      </figcaption>
    </figure>
  );
}

function siteOf(view: string, { site, step }: SessionState["selection"]): string {
  return view === "steps" ? (site ?? OPENS[step]) : "attn.hook_pattern";
}

/** What the drawing of a stage is of; null where its view is not drawn. */
function subjectOf({ figure: { view = FIRST_VIEW }, session }: Stage): string | null {
  if (!DRAWN.has(view)) return null;
  const { runs, selection } = session.getState();
  const { stack, attention, layer, head } = selection;
  return JSON.stringify([runs[0]?.run, stack, attention, layer, head, siteOf(view, selection)]);
}

/** Whether a stage's matrix is that of the step before: paper shows it once. */
function useIsSame(stage: Stage, before: Stage | undefined): boolean {
  const listen = useCallback(
    (changed: () => void) => {
      const stops = [stage, before].map((each) => each?.session.subscribe(changed));
      return () => {
        for (const stop of stops) stop?.();
      };
    },
    [stage, before],
  );
  return useSyncExternalStore(listen, () => {
    const subject = subjectOf(stage);
    return subject !== null && before !== undefined && subject === subjectOf(before);
  });
}
