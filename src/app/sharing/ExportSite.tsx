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
import { ExportPreview } from "./ExportPreview";
import { type Exported, FIGURES, NUMBERS, svgOf } from "./exportFiles";
import { pngName } from "./pngName";
import { SaveButtons } from "./SaveButtons";
import styles from "./Sharing.module.css";
import { titleOf } from "./siteChoices";
import type { Save } from "./useSaved";

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
  const [drawnAs, setDrawnAs] = useState<Exported["drawnAs"]>("heatmap");
  const [paper, setPaper] = useState(useColourTheme());
  const isPattern = part.endsWith("hook_pattern");

  const exported = useMemo((): Exported | null => {
    const site = pickSite(trace, selection, part, { oneHead: heads === "one", lensOrder });
    if (site === null) return null;
    const isOfHead = site.head !== null || site.tensor.axes.some((axis) => axis.endsWith("head"));
    const words = {
      caption: t(isOfHead ? "share.export.caption" : "share.export.caption.layer", {
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
    return drawing === null ? null : { site, drawing, drawnAs: isPattern ? drawnAs : "heatmap", paper };
  }, [trace, selection, part, isPattern, heads, lensOrder, drawnAs, paper, text, t]);
  const svg = useMemo(() => (exported === null ? "" : svgOf(exported)), [exported]);
  if (exported === null) return null;

  const { head, tensor } = exported.site;
  // Of a long trace the looked head alone may be there.
  const canHaveAll = Object.hasOwn(trace.sites, exported.site.name);
  const hasHeads = head !== null || tensor.axes.length > 2;
  return (
    <>
      <section className={styles.group}>
        <h3>
          <T id="share.export.figure" />
        </h3>
        <div className={styles.choices}>
          {isPattern && (
            <Segmented<Exported["drawnAs"]>
              label={t("share.export.as")}
              choices={[
                { id: "heatmap", name: t("share.export.as.heatmap") },
                { id: "lines", name: t("share.export.as.lines") },
              ]}
              chosen={drawnAs}
              onChoose={setDrawnAs}
            />
          )}
          <Segmented<Exported["paper"]>
            label={t("share.export.paper")}
            choices={[
              { id: "light", name: t("share.export.paper.light") },
              { id: "dark", name: t("share.export.paper.dark") },
            ]}
            chosen={paper}
            onChoose={setPaper}
          />
        </div>
        <ExportPreview svg={svg} caption={exported.drawing.caption} />
        <SaveButtons
          kinds={FIGURES}
          names={{ png: pngName(svg, t) }}
          exported={exported}
          nameOf={(extension) => nameOf(extension, tensor.axes.length < 3 && hasHeads)}
          save={save}
        />
      </section>
      <section className={styles.group}>
        <h3>
          <T id="share.export.numbers" />
        </h3>
        <div className={styles.choices}>
          {hasHeads && canHaveAll && (
            <Segmented<"one" | "all">
              label={t("share.export.heads")}
              choices={[
                { id: "one", name: t("share.export.heads.one", { head: selection.head }) },
                { id: "all", name: t("share.export.heads.all") },
              ]}
              chosen={heads}
              onChoose={setHeads}
            />
          )}
          {hasHeads && canHaveAll && heads === "all" && (
            <CheckBox checked={lensOrder} onChange={setLensOrder}>
              <T id="share.export.order" />
            </CheckBox>
          )}
        </div>
        <p className={styles.hint}>
          <T
            id="share.export.shape"
            values={{ axes: tensor.axes.join(" × "), shape: tensor.shape.join(" × ") }}
          />
        </p>
        <SaveButtons
          kinds={NUMBERS}
          exported={exported}
          nameOf={(extension) => nameOf(extension, head !== null)}
          save={save}
        />
      </section>
    </>
  );
}
