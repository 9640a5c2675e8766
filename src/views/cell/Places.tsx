import { siteTitle } from "../../components/siteTitle";
import { useT } from "../../i18n/I18n";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { stageOfSite } from "../../store/stageTable";
import styles from "./Cell.module.css";

/** Sites by their full names, each a button that opens its stage; sites that no stage shows are left out. */
export function Places({ title, sites }: { title: string; sites: readonly string[] }) {
  const t = useT();
  const store = useSessionStore();
  const selection = useSession((session) => session.selection);
  const places = sites.flatMap((site) => {
    const [, own, local = site] = /^(?:blocks|encoder|decoder)\.(\d+)\.(.+)$/.exec(site) ?? [];
    const part = local.replace(/^(?:encoder|decoder)\./, "").replace(/^cross_attn\./, "attn.");
    const step = stageOfSite(part);
    return step === null ? [] : [{ site, part, step, layer: Number(own ?? selection.layer) }];
  });
  if (places.length === 0) return null;
  return (
    <div className={styles.next}>
      <h3>{title}</h3>
      <ul className={styles.places}>
        {places.map(({ site, part, step, layer }) => (
          <li key={site}>
            <button
              type="button"
              className={styles.place}
              onClick={() => store.getState().lock({ step, site: part, layer })}
            >
              {siteTitle(t, site, selection)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
