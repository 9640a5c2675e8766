import { useMemo, useState } from "react";
import { CheckBox } from "../../components/CheckBox";
import { Segmented } from "../../components/Segmented";
import { useColourTheme } from "../../components/useColourTheme";
import type { Trace } from "../../engine/trace";
import { drawingOf } from "../../export/drawing";
import { pickSite } from "../../export/pickedSite";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useSession } from "../../store/SessionContext";
import type { Theme } from "../../viz/ramp";
import { ExportPreview } from "./ExportPreview";
import { type Exported, FIGURES, figureOf, NUMBERS } from "./exportFiles";
import { pngName } from "./pngName";
import { SaveButtons } from "./SaveButtons";
import styles from "./Sharing.module.css";
import { titleOf } from "./siteChoices";
import type { Save } from "./useSaved";

type DrawnAs = "heatmap" | "lines";

interface Props {
  trace: Trace;
  /** The site, without stack and layer. */
  part: string;
  text: string;
  nameOf(extension: string, oneHead: boolean): string;
  save: Save;
}

/** One site of the trace: drawn as a figure, and written as numbers. */
export function ExportSite({ trace, part, text, nameOf, save }: Props) {
  const t = useT();
  const selection = useSession((session) => session.selection);
  const [heads, setHeads] = useState<"one" | "all">("one");
  const [lensOrder, setLensOrder] = useState(false);
  const [drawnAs, setDrawnAs] = useState<DrawnAs>("heatmap");
  const [paper, setPaper] = useState(useColourTheme());
  const isPattern = part.endsWith("hook_pattern");

  const exported = useMemo((): Exported | null => {
    const site = pickSite(trace, selection, part, { oneHead: heads === "one", lensOrder });
    if (site === null) return null;
    const isOfHead = site.head !== null || site.tensor.axes.some((axis) => axis.endsWith("head"));
    const words = {
      caption: t(isOfHead ? "export.caption" : "export.caption.layer", {
        title: titleOf(part, selection, t),
        layer: selection.layer,
        head: selection.head,
        model: trace.modelId,
        text,
      }),
      axes: {
        query: t("steps.role.query"),
        key: t("steps.role.key"),
        position: t("steps.role.position"),
        dimension: t("steps.role.dimension"),
      },
    };
    const drawing = drawingOf(trace, selection, part, words);
    const figure = drawing && figureOf(drawing, isPattern ? drawnAs : "heatmap", paper);
    return drawing === null || figure === null ? null : { site, drawing, figure };
  }, [trace, selection, part, isPattern, heads, lensOrder, drawnAs, paper, text, t]);
  if (exported === null) return null;

  const { head, tensor } = exported.site;
  // Of a long trace the looked head alone may be there.
  const canHaveAll = Object.hasOwn(trace.sites, exported.site.name);
  const hasHeads = head !== null || tensor.axes.length > 2;
  return (
    <>
      <section className={styles.group}>
        <h3>
          <T id="export.figure" />
        </h3>
        <div className={styles.choices}>
          {isPattern && (
            <Segmented<DrawnAs>
              label={t("export.as")}
              choices={[
                { id: "heatmap", name: t("export.as.heatmap") },
                { id: "lines", name: t("export.as.lines") },
              ]}
              chosen={drawnAs}
              onChoose={setDrawnAs}
            />
          )}
          <Segmented<Theme>
            label={t("export.paper")}
            choices={[
              { id: "light", name: t("export.paper.light") },
              { id: "dark", name: t("export.paper.dark") },
            ]}
            chosen={paper}
            onChoose={setPaper}
          />
        </div>
        <ExportPreview figure={exported.figure} caption={exported.drawing.caption} />
        <SaveButtons
          kinds={FIGURES}
          names={{ png: pngName(exported.figure, t) }}
          from={() => exported}
          nameOf={(extension) => nameOf(extension, tensor.axes.length < 3 && hasHeads)}
          save={save}
        />
      </section>
      <section className={styles.group}>
        <h3>
          <T id="export.numbers" />
        </h3>
        <div className={styles.choices}>
          {hasHeads && canHaveAll && (
            <Segmented<"one" | "all">
              label={t("export.heads")}
              choices={[
                { id: "one", name: t("export.heads.one", { head: selection.head }) },
                { id: "all", name: t("export.heads.all") },
              ]}
              chosen={heads}
              onChoose={setHeads}
            />
          )}
          {hasHeads && canHaveAll && heads === "all" && (
            <CheckBox checked={lensOrder} onChange={setLensOrder}>
              <T id="export.order" />
            </CheckBox>
          )}
        </div>
        <p className={styles.hint}>
          <T id="export.shape" values={{ axes: tensor.axes.join(" × "), shape: tensor.shape.join(" × ") }} />
        </p>
        <SaveButtons
          kinds={NUMBERS}
          from={() => exported}
          nameOf={(extension) => nameOf(extension, head !== null)}
          save={save}
        />
      </section>
    </>
  );
}
