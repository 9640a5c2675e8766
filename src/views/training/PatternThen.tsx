import { AxisNote } from "../../components/AxisNote";
import { ErrorNote } from "../../components/ErrorNote";
import type { Cell } from "../../components/matrixFigure";
import { PatternGrid } from "../../components/PatternGrid";
import { first } from "../../engine/tensor";
import { useT } from "../../i18n/I18n";
import { useLooked, useSession, useSessionStore } from "../../store/SessionContext";
import { useSettings } from "../../store/SettingsContext";
import type { PassState } from "../../store/usePass";
import { count, magnitude } from "../../viz/format";
import { tokenText } from "../../viz/tokenText";
import { headAt } from "./headAt";
import styles from "./Training.module.css";

interface Props {
  pass: PassState;
  step: number;
  hasText: boolean;
}

/** The chosen head's pattern on the typed sentence, as it was at this moment of the training. */
export function PatternThen({ pass: { trace, error, progress }, step, hasText }: Props) {
  const t = useT();
  const store = useSessionStore();
  const transpose = useSettings((settings) => settings.transpose);
  const selection = useSession((session) => session.selection);
  const looked = useLooked();
  const layers = trace?.spec.stacks[0]?.layers ?? [];
  const place = headAt(looked, layers.length, layers[0]?.attn.nHeads ?? 1);
  const pattern = trace?.sites[`blocks.${place.layer}.attn.hook_pattern`];
  if (error !== null) return <ErrorNote detail={error.message}>{t("training.failed")}</ErrorNote>;
  if (trace === null || pattern === undefined) {
    return (
      <p role="status" className={styles.waiting}>
        {!hasText
          ? t("training.words")
          : progress === null
            ? t("training.waiting")
            : t("training.loading", { loaded: magnitude(progress.loaded) })}
      </p>
    );
  }
  const labels = trace.tokens.map(({ text }) => tokenText(text));
  const size = labels.length;
  const cellOf = ({ query, key }: { query: number; key: number }): Cell => ({
    row: Math.min(query, size - 1),
    column: Math.min(key, size - 1),
  });
  const pair = ({ row, column }: Cell) => ({ query: row, key: column });
  const name = t("training.pattern", { ...place, step: count(step) });
  return (
    <figure className={styles.pattern}>
      <figcaption>{name}</figcaption>
      <PatternGrid
        label={name}
        figure={{
          matrix: { data: first(pattern, place.head).data, rows: size, columns: size },
          rows: { role: "query", name: t("steps.role.query"), labels },
          columns: { role: "key", name: t("steps.role.key"), labels },
          kind: "sequential",
          limit: 1,
        }}
        transpose={transpose}
        selected={cellOf(selection)}
        looked={cellOf(looked)}
        onLook={(cell) => store.getState().look(cell && pair(cell))}
        onLock={(cell) => store.getState().lock(pair(cell))}
        onMove={(cell) => store.getState().select(pair(cell))}
      />
      <AxisNote transpose={transpose} />
    </figure>
  );
}
