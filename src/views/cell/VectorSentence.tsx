import { TokenAt } from "../../components/TokenAt";
import type { Trace } from "../../engine/trace";
import { T } from "../../i18n/T";
import type { Selection } from "../../store/selection";
import { number } from "../../viz/format";
import { tokensAlong } from "../../viz/siteView";
import styles from "./Cell.module.css";
import type { Focus } from "./focus";

interface Props {
  trace: Trace;
  looked: Selection;
  focus: Focus;
}

/** One number of one token's vector, as a sentence. */
export function VectorSentence({ trace, looked, focus }: Props) {
  const axis = focus.tensor.axes.at(-2) ?? "pos";
  const position = focus.index.at(-2) ?? 0;
  const tokens = tokensAlong(axis, trace, looked);
  return (
    <p className={styles.say}>
      <T
        id={focus.kind === "vector" ? "cell.say.vector" : "cell.say.scalar"}
        values={{ dimension: focus.index.at(-1) ?? 0 }}
        components={{
          token: <TokenAt tokens={tokens} at={position} as={axis === "key_pos" ? "key" : "query"} />,
          value: <b className={styles.value}>{number(focus.value)}</b>,
        }}
      />
    </p>
  );
}
