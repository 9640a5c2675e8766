import { useMemo, useState } from "react";
import { CheckBox } from "../../components/CheckBox";
import { Segmented } from "../../components/Segmented";
import select from "../../components/Select.module.css";
import { useColourTheme } from "../../components/useColourTheme";
import type { Trace } from "../../engine/trace";
import { drawingOf } from "../../export/drawing";
import { fileName } from "../../export/names";
import { pickSite } from "../../export/pickedSite";
import { standaloneHtml } from "../../export/standaloneHtml";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { writeTrace } from "../../model/traceFile";
import { useSession } from "../../store/SessionContext";
import { OPENS } from "../../store/stages";
import { ExportPreview } from "./ExportPreview";
import { embedParts } from "./embedParts";
import { type Exported, FIGURES, NUMBERS } from "./exportFiles";
import { SaveButtons } from "./SaveButtons";
import styles from "./Sharing.module.css";
import { siteChoices, titleOf } from "./siteChoices";
import { useFragment } from "./useFragment";
import { useSaved } from "./useSaved";

/** Which site, how it is drawn and written, and the buttons that save it. */
export function ExportChoices({ trace }: { trace: Trace }) {
  const t = useT();
  const selection = useSession((session) => session.selection);
  const text = trace.tokens
    .filter(({ special }) => !special)
    .map((token) => token.text)
    .join("");
  const sites = useMemo(() => siteChoices(trace, selection, t), [trace, selection, t]);
  const opened = selection.site ?? OPENS[selection.step];
  const [chosen, setPart] = useState(opened);
  const part = sites.some((site) => site.part === chosen) ? chosen : (sites[0]?.part ?? "");
  const [heads, setHeads] = useState<"one" | "all">("one");
  const [lensOrder, setLensOrder] = useState(false);
  const [drawnAs, setDrawnAs] = useState<Exported["drawnAs"]>("heatmap");
  const [paper, setPaper] = useState(useColourTheme());
  const { saved, save } = useSaved();
  const fragment = useFragment();

  const exported = useMemo((): Exported | null => {
    const site = pickSite(trace, selection, part, { oneHead: heads === "one", lensOrder });
    if (site === null) return null;
    const hasHeads = site.head !== null || site.tensor.axes.some((axis) => axis.endsWith("head"));
    const words = {
      caption: t(hasHeads ? "share.export.caption" : "share.export.caption.layer", {
        title: titleOf(part, selection, t),
        layer: selection.layer,
        head: selection.head,
        model: trace.modelId,
        text: text.trim(),
      }),
      axes: {
        query: t("steps.role.query"),
        key: t("steps.role.key"),
        position: t("steps.role.position"),
        dimension: t("steps.role.dimension"),
      },
    };
    const drawing = drawingOf(trace, selection, part, words);
    return drawing === null ? null : { site, drawing, drawnAs: isPattern(part) ? drawnAs : "heatmap", paper };
  }, [trace, selection, part, heads, lensOrder, drawnAs, paper, text, t]);

  const nameOf = (site: string | null, extension: string, oneHead: boolean) =>
    fileName({ model: trace.modelId, text, where: selection, site, oneHead, extension });
  const hasHeads = exported !== null && (exported.site.head !== null || exported.site.tensor.axes.length > 2);
  return (
    <div className={styles.stack}>
      <label className={styles.field}>
        <T id="share.export.site" />
        <select
          className={select.select}
          value={part}
          onChange={(event) => setPart(event.currentTarget.value)}
        >
          {sites.map((site) => (
            <option key={site.part} value={site.part}>
              {site.title === site.part ? site.part : `${site.title} · ${site.part}`}
            </option>
          ))}
        </select>
      </label>
      {exported !== null && (
        <section className={styles.group}>
          <h3>
            <T id="share.export.figure" />
          </h3>
          <div className={styles.choices}>
            {isPattern(part) && (
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
          <ExportPreview exported={exported} />
          <SaveButtons
            kinds={FIGURES}
            exported={exported}
            nameOf={(extension) => nameOf(part, extension, exported.site.tensor.axes.length < 3 && hasHeads)}
            save={save}
          />
        </section>
      )}
      {exported !== null && (
        <section className={styles.group}>
          <h3>
            <T id="share.export.numbers" />
          </h3>
          <div className={styles.choices}>
            {hasHeads && (
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
            {hasHeads && heads === "all" && (
              <CheckBox checked={lensOrder} onChange={setLensOrder}>
                <T id="share.export.order" />
              </CheckBox>
            )}
          </div>
          <p className={styles.hint}>
            <T
              id="share.export.shape"
              values={{
                axes: exported.site.tensor.axes.join(" × "),
                shape: exported.site.tensor.shape.join(" × "),
              }}
            />
          </p>
          <SaveButtons
            kinds={NUMBERS}
            exported={exported}
            nameOf={(extension) => nameOf(part, extension, exported.site.head !== null)}
            save={save}
          />
        </section>
      )}
      <section className={styles.group}>
        <h3>
          <T id="share.export.all" />
        </h3>
        <div className={styles.row}>
          <button
            type="button"
            className={styles.button}
            onClick={() =>
              save(nameOf(null, "safetensors", false), "application/octet-stream", () => writeTrace(trace))
            }
          >
            {t("share.export.trace")}
          </button>
          <button
            type="button"
            className={styles.button}
            onClick={() =>
              save(nameOf(null, "html", false), "text/html", async () =>
                standaloneHtml({
                  ...(await embedParts(document.baseURI)),
                  trace: writeTrace(trace),
                  fragment,
                  title: `Sightline: ${text.trim()}`,
                }),
              )
            }
          >
            {t("share.export.html")}
          </button>
        </div>
      </section>
      <output className={styles.said}>{saved}</output>
    </div>
  );
}

function isPattern(part: string): boolean {
  return part.endsWith("hook_pattern");
}
