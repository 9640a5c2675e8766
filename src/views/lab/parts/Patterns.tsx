import { memo, useMemo } from "react";
import { AxisNote } from "../../../components/AxisNote";
import type { Cell } from "../../../components/matrixFigure";
import { PatternGrid } from "../../../components/PatternGrid";
import type { Token } from "../../../engine/trace";
import { useT } from "../../../i18n/I18n";
import { useLooked, useSession, useSessionStore } from "../../../store/SessionContext";
import { useSettings } from "../../../store/SettingsContext";
import { largestOf } from "../../../viz/heatmap";
import { tokenText } from "../../../viz/tokenText";
import { LookedCell } from "./LookedCell";
import styles from "./Parts.module.css";

/** One matrix over queries and keys. */
export interface Picture {
  /** Its name, in the reader's language. */
  readonly name: string;
  /** [query_pos, key_pos] */
  readonly data: Float32Array;
  /** "pattern": shares up to one; "signed": differences and scores; "size": numbers from zero to their largest. */
  readonly kind: "pattern" | "signed" | "size";
}

interface Props {
  pictures: readonly Picture[];
  queries: readonly Pick<Token, "text">[];
  keys?: readonly Pick<Token, "text">[];
  /** Without it a click locks the pair that was clicked. */
  onCell?: ((cell: Cell) => void) | undefined;
}

/** Matrices over the same queries and keys, side by side; pointing at one points at all. */
export function Patterns({ pictures, queries, keys = queries, onCell }: Props) {
  const transpose = useSettings((settings) => settings.transpose);
  return (
    <div className={styles.pictures}>
      {pictures.map((picture, at) => (
        <figure key={picture.name} data-spare={at > 1 ? 1 : undefined}>
          <figcaption>
            <span>{picture.name}</span>
            <LookedCell data={picture.data} queries={queries} keys={keys} />
          </figcaption>
          <OnePattern {...picture} queries={queries} keys={keys} transpose={transpose} onCell={onCell} />
          {at === 0 && <AxisNote transpose={transpose} />}
        </figure>
      ))}
    </div>
  );
}

type OneProps = Picture & Required<Omit<Props, "pictures">> & { transpose: boolean };

/** One of them. Its cells are drawn again for other numbers alone, not for what is pointed at. */
const OnePattern = memo(function OnePattern(props: OneProps) {
  const { name, data, kind, queries, keys, transpose, onCell } = props;
  const t = useT();
  const store = useSessionStore();
  const selection = useSession((session) => session.selection);
  const looked = useLooked();
  const [rows, columns] = [queries.length, keys.length];
  const matrix = useMemo(() => ({ data, rows, columns }), [data, rows, columns]);
  const cellOf = ({ query, key }: { query: number; key: number }): Cell => ({
    row: Math.min(query, rows - 1),
    column: Math.min(key, columns - 1),
  });
  const pair = ({ row, column }: Cell) => ({ query: row, key: column });
  const labels = (tokens: Props["queries"]) => tokens.map(({ text }) => tokenText(text));
  return (
    <PatternGrid
      label={name}
      figure={{
        matrix,
        rows: { role: "query", name: t("steps.role.query"), labels: labels(queries) },
        columns: { role: "key", name: t("steps.role.key"), labels: labels(keys) },
        kind: kind === "signed" ? "diverging" : "sequential",
        limit: kind === "pattern" ? 1 : largestOf(data),
      }}
      transpose={transpose}
      selected={cellOf(selection)}
      looked={cellOf(looked)}
      onLook={(cell) => store.getState().look(cell && pair(cell))}
      onLock={onCell ?? ((cell) => store.getState().lock(pair(cell)))}
      onMove={(cell) => store.getState().select(pair(cell))}
    />
  );
});
