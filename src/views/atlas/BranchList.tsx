import { useT } from "../../i18n/I18n";
import styles from "./Atlas.module.css";
import type { Branch } from "./member";
import type { Entry } from "./members";
import { type Metric, metricText, share } from "./metrics";
import { costOf } from "./shape";

interface Props {
  branch: Branch;
  entries: readonly Entry[];
  metric: Metric;
  /** Positions that are typed. */
  length: number;
  /** The powers of ten at the ends of every bar's track. */
  scale: { readonly from: number; readonly to: number };
  chosen: string;
  onChoose(id: string): void;
}

/** One branch of the family: its models under their parents, each with one number. */
export function BranchList({ branch, entries, metric, length, scale, chosen, onChoose }: Props) {
  const t = useT();
  const marks = Array.from({ length: scale.to - scale.from + 1 }, (_, at) => at);
  return (
    <div>
      <h3 className={styles.branch} id={`atlas-${branch}`}>
        {t(`atlas.branch.${branch}`)}
      </h3>
      <ul aria-labelledby={`atlas-${branch}`} style={{ "--decades": marks.length - 1 }}>
        {entries.map((entry) => {
          const value = entry.shape === null ? null : costOf(entry.shape, length)[metric];
          return (
            <li key={entry.id}>
              <button
                type="button"
                className={styles.member}
                aria-pressed={entry.id === chosen}
                data-runs={entry.runs !== null || undefined}
                style={{ "--depth": entry.depth }}
                onClick={() => onChoose(entry.id)}
              >
                <span className={styles.name}>
                  {entry.name} <small>{entry.year}</small>
                </span>{" "}
                <span className={styles.track}>
                  {value !== null && <i style={{ width: `${100 * share(value, scale)}%` }} />}
                </span>
                <span className={styles.value}>
                  {value === null ? t("atlas.unpublished") : metricText(metric, value)}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
