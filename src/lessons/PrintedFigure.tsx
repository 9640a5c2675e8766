import { useMemo } from "react";
import { drawingOf } from "../export/drawing";
import { heatmapSvg } from "../export/heatmapSvg";
import { useT } from "../i18n/I18n";
import { textOf } from "../store/run";
import { useSession } from "../store/SessionContext";
import { OPENS } from "../store/stages";
import { FIRST_VIEW } from "../store/views";
import { isExperiment } from "../views/lab/registry";
import styles from "./Lesson.module.css";
import { useStage } from "./LessonContext";

/** Views that show what the selection points at: its matrix stands for them on paper. */
const DRAWN = new Set(["steps", "heads", "lines", "neuron"]);

/** A step's figure on paper: which text, model and head it shows, and the matrix that is looked at. */
export function PrintedFigure() {
  const t = useT();
  const { figure } = useStage();
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  const source = useSession((session) => session.runs[0]?.run.source);
  const selection = useSession((session) => session.selection);
  const view = figure.view ?? FIRST_VIEW;
  const { experiment = "" } = figure;
  const run = { model: source?.model ?? "", text: textOf(source) };
  const caption =
    view === "lab" && isExperiment(experiment)
      ? t("lessons.printed.lab", { ...run, question: t(`lab.${experiment}.question`) })
      : t("lessons.printed", {
          ...run,
          view: t(`app.view.${view}`),
          layer: selection.layer,
          head: selection.head,
        });
  const drawn = DRAWN.has(view);
  const svg = useMemo(() => {
    if (trace === null || !drawn) return null;
    const axis = (name: "query" | "key" | "position" | "dimension") => t(`steps.role.${name}`);
    const axes = {
      query: axis("query"),
      key: axis("key"),
      position: axis("position"),
      dimension: axis("dimension"),
    };
    const site = view === "steps" ? (selection.site ?? OPENS[selection.step]) : "attn.hook_pattern";
    // The caption stands below, in the type of the page.
    const drawing = drawingOf(trace, selection, site, { caption: "", axes });
    return drawing === null ? null : heatmapSvg(drawing, "light");
  }, [trace, selection, drawn, view, t]);
  return (
    <figure className={styles.printed}>
      {svg !== null && <img src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={caption} />}
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
