import { usedBy } from "../../analysis/explain/explain";
import { siteTitle } from "../../components/siteTitle";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useSessionStore } from "../../store/SessionContext";
import { stageOfSite } from "../../store/stageTable";
import styles from "./Cell.module.css";
import type { Focus } from "./focus";

/** Where the number goes next: each name opens the stage that reads it. */
export function GoesInto({ trace, focus }: { trace: Trace; focus: Focus }) {
  const t = useT();
  const store = useSessionStore();
  const sites = [...new Set(usedBy(trace.spec, focus.site, focus.index).map((each) => each.site))];
  const places = sites.flatMap((site) => {
    const [, layer, local] = /^(?:blocks|encoder|decoder)\.(\d+)\.(.+)$/.exec(site) ?? [];
    const part = (local ?? site).replace(/^cross_attn\./, "attn.");
    const step = stageOfSite(part);
    return step === null || layer === undefined ? [] : [{ site, part, step, layer: Number(layer) }];
  });
  if (places.length === 0) return null;
  return (
    <div className={styles.next}>
      <h3>
        <T id="cell.next" />
      </h3>
      <ul className={styles.places}>
        {places.map(({ site, part, step, layer }) => (
          <li key={site}>
            <button
              type="button"
              className={styles.place}
              onClick={() => {
                const { head } = store.getState().selection;
                store.getState().lock({ step, site: part, layer, head });
              }}
            >
              {siteTitle(t, site, store.getState().selection)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
