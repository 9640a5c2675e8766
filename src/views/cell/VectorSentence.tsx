import { TokenLabel } from "../../components/TokenLabel";
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
  const token = tokensAlong(axis, trace, looked)[position]?.text ?? "";
  return (
    <p className={styles.say}>
      <T
        id={focus.kind === "vector" ? "cell.say.vector" : "cell.say.scalar"}
        values={{ dimension: focus.index.at(-1) ?? 0 }}
        components={{
          token: <TokenLabel text={token} as={axis === "key_pos" ? "key" : "query"} />,
          value: <b className={styles.value}>{number(focus.value)}</b>,
        }}
      />
    </p>
  );
}
