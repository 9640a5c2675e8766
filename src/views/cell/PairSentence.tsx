import { TokenAt } from "../../components/TokenAt";
import type { Trace } from "../../engine/trace";
import { T } from "../../i18n/T";
import type { Selection } from "../../store/selection";
import { number, percent } from "../../viz/format";
import { largestFirst } from "../../viz/ranking";
import { matrixAt, rowOf, tokensAlong } from "../../viz/siteView";
import styles from "./Cell.module.css";
import type { Focus } from "./focus";

interface Props {
  trace: Trace;
  looked: Selection;
  focus: Focus;
}

/** A pair of tokens and their number, as a sentence with the very words. */
export function PairSentence({ trace, looked, focus }: Props) {
  const keys = tokensAlong("key_pos", trace, looked);
  const queries = tokensAlong("query_pos", trace, looked);
  const isPattern = focus.part === "attn.hook_pattern";
  const row = rowOf(matrixAt(focus.tensor, trace, looked), looked.query);
  const [most = 0, second = 0] = largestFirst(row);
  const other = looked.key === most ? second : most;
  const said = (value: number) => (isPattern ? percent(value) : number(value));
  return (
    <p className={`${styles.say} ${styles.pair}`}>
      <T
        id={`cell.say.${sentenceOf(focus, row.length, looked.key === most)}`}
        components={{
          query: <TokenAt tokens={queries} at={looked.query} as="query" />,
          key: <TokenAt tokens={keys} at={looked.key} as="key" />,
          value: <b className={styles.value}>{said(focus.value)}</b>,
          other: <TokenAt tokens={keys} at={other} as="key" />,
          otherValue: <span>{said(row[other] ?? 0)}</span>,
        }}
      />
    </p>
  );
}

type Sentence = "most" | "only" | "less" | "none" | "dot" | "score" | "best" | "masked" | "exp";

function sentenceOf({ part, value }: Focus, keys: number, isMost: boolean): Sentence {
  if (value === Number.NEGATIVE_INFINITY) return "masked";
  switch (part) {
    case "attn.hook_pattern":
      if (value === 0) return "none";
      if (keys === 1 || value === 1) return "only";
      return isMost ? "most" : "less";
    case "attn.step_exp":
      return "exp";
    case "attn.step_dot":
      return "dot";
    default:
      return isMost ? "best" : "score";
  }
}
