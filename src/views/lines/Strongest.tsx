import { TokenAt } from "../../components/TokenAt";
import { useColourTheme } from "../../components/useColourTheme";
import { useT } from "../../i18n/I18n";
import { useSessionStore } from "../../store/SessionContext";
import { categorical } from "../../viz/categorical";
import { percent } from "../../viz/format";
import { type Focus, isInFocus, telling } from "./focus";
import { headCode } from "./headCode";
import styles from "./Lines.module.css";
import type { LinesModel } from "./useLines";

const SHOWN = 8;

/** The strongest lines as a list: the picture in words. A click goes to that head and pair. */
export function Strongest({ model, focus }: { model: LinesModel; focus: Focus | null }) {
  const t = useT();
  const theme = useColourTheme();
  const store = useSessionStore();
  const { lines, drawn, heads, queries, keys, kind } = model;
  const strongest = telling(lines.filter((line) => isInFocus(line, focus))).slice(-SHOWN);
  return (
    <div className={styles.strongest}>
      <h3>{t("lines.strongest")}</h3>
      <ol aria-label={t("lines.strongest")}>
        {strongest.toReversed().map(({ head, query, key, weight }) => {
          const drawnHead = drawn[head];
          if (drawnHead === undefined) return null;
          return (
            <li key={`${drawnHead.id} ${query} ${key}`}>
              <button
                type="button"
                style={{ "--colour": categorical(heads.indexOf(drawnHead), theme) }}
                onClick={() =>
                  store.getState().lock({
                    ...kind,
                    layer: drawnHead.layer,
                    head: drawnHead.head,
                    query: queries[query]?.pieces.at(-1) ?? 0,
                    key: keys[key]?.pieces.at(-1) ?? 0,
                  })
                }
              >
                <span className={styles.code}>{headCode(t, kind, drawnHead)}</span>
                <span className={styles.pair}>
                  <TokenAt tokens={queries} at={query} as="query" />
                  <span aria-hidden="true"> → </span>
                  <TokenAt tokens={keys} at={key} as="key" />
                </span>
                <span>{percent(weight)}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
