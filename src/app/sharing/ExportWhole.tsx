import type { Trace } from "../../engine/trace";
import { standaloneLots } from "../../export/standaloneHtml";
import { collected, type Work } from "../../export/work";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { writeTrace } from "../../model/traceFile";
import { useSessionStore } from "../../store/SessionContext";
import { embedParts } from "./embedParts";
import { BINARY } from "./exportFiles";
import styles from "./Sharing.module.css";
import { useFragment } from "./useFragment";
import type { Save } from "./useSaved";

interface Props {
  trace: Trace;
  title: string;
  nameOf(site: null, extension: string, oneHead: boolean): string;
  save: Save;
}

/** The whole trace: as a file, and as a page that works alone. */
export function ExportWhole({ trace, title, nameOf, save }: Props) {
  const t = useT();
  const fragment = useFragment();
  const store = useSessionStore();
  const alone = async (work: Work) => {
    const words = await store.getState().vocabulary(trace.modelId);
    const lots = standaloneLots({
      ...(await embedParts(document.baseURI)),
      trace: writeTrace(trace),
      vocabulary: words.kind === "done" ? words.value : null,
      fragment,
      title,
    });
    return collected(lots, "text/html", work);
  };
  return (
    <section className={styles.group}>
      <h3>
        <T id="export.all" />
      </h3>
      <div className={styles.row}>
        <button
          type="button"
          className={styles.button}
          onClick={() =>
            save(nameOf(null, "safetensors", false), (work) => collected([writeTrace(trace)], BINARY, work))
          }
        >
          {t("export.trace")}
        </button>
        <button
          type="button"
          className={styles.button}
          onClick={() => save(nameOf(null, "html", false), alone)}
        >
          {t("export.html")}
        </button>
      </div>
    </section>
  );
}
