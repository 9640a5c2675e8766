import { TokenAt } from "../../../components/TokenAt";
import type { Token } from "../../../engine/trace";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import { number } from "../../../viz/format";
import styles from "./Parts.module.css";

interface Props {
  /** [query_pos, key_pos] */
  data: Float32Array;
  queries: readonly Pick<Token, "text">[];
  keys: readonly Pick<Token, "text">[];
}

/** The pair that is looked at and its number, large enough to be read where the cells are too small for one. */
export function LookedCell({ data, queries, keys }: Props) {
  const { query, key } = useLooked();
  const [row, column] = [Math.min(query, queries.length - 1), Math.min(key, keys.length - 1)];
  const value = data[row * keys.length + column];
  if (value === undefined) return null;
  return (
    <span className={styles.cell}>
      <T
        id="lab.cell"
        components={{
          query: <TokenAt tokens={queries} at={row} as="query" />,
          key: <TokenAt tokens={keys} at={column} as="key" />,
          value: <b>{number(value)}</b>,
        }}
      />
    </span>
  );
}
