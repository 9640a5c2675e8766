import { useMemo } from "react";
import { klDivergence, topChanges } from "../../../analysis/distribution";
import { readoutOf, readoutPosition } from "../../../analysis/readout";
import type { Trace } from "../../../engine/trace";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useSession } from "../../../store/SessionContext";
import { useVocabulary } from "../../../store/useVocabulary";
import { number, percent } from "../../../viz/format";
import { tokenText } from "../../../viz/tokenText";
import styles from "./Parts.module.css";

/** How many outcomes are listed. */
const LISTED = 6;

/** How far the output of a changed pass is from the original's, in bits; null where one has none. */
export function outputShift(before: Trace, after: Trace, query: number): number | null {
  const rows = rowsOf(before, after, query);
  return rows === null ? null : klDivergence(rows.from, rows.to);
}

/** The rows of logits that are compared: where the original model answers. */
function rowsOf(before: Trace, after: Trace, query: number) {
  const position = readoutPosition(before, query);
  const from = readoutOf(before, position);
  const to = readoutOf(after, position);
  if (from === null || to === null || from.logits.length !== to.logits.length) return null;
  return { from: from.logits, to: to.logits, labels: from.labels };
}

function changeOf(before: Trace, after: Trace, query: number) {
  const rows = rowsOf(before, after, query);
  if (rows === null) return null;
  const { from, to, labels } = rows;
  return { bits: klDivergence(from, to), labels, outcomes: topChanges(from, to, LISTED) };
}

/** What the changed pass answers instead: how far away it is, and the outcomes that changed most. */
export function OutputChange({ before, after }: { before: Trace; after: Trace }) {
  const t = useT();
  const query = useSession((session) => session.selection.query);
  const vocabulary = useVocabulary(before.modelId);
  const change = useMemo(() => changeOf(before, after, query), [before, after, query]);
  if (change === null) return null;
  const { bits, labels, outcomes } = change;
  const nameOf = (id: number) =>
    labels?.[id] ?? (vocabulary === null ? "…" : tokenText(vocabulary[id] ?? ""));
  return (
    <div>
      <h4>{t("lab.output")}</h4>
      <p>
        <T id="lab.output.kl" components={{ bits: <b data-fact="kl">{number(bits)}</b> }} />
      </p>
      <table className={styles.facts} aria-label={t("lab.output.changes")}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t("lab.original")}</th>
            <th scope="col">{t("lab.changed")}</th>
          </tr>
        </thead>
        <tbody>
          {outcomes.map(({ id, before: share, after: now }) => (
            <tr key={id}>
              <th scope="row" translate="no">
                <bdi>{nameOf(id)}</bdi>
              </th>
              <td>{percent(share)}</td>
              <td>{percent(now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
