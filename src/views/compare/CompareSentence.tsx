import type { Cell } from "../../components/matrixFigure";
import { Say } from "../../components/Say";
import { TokenAt } from "../../components/TokenAt";
import type { Tensor } from "../../engine/tensor";
import { T } from "../../i18n/T";
import { number, signed } from "../../viz/format";
import type { Comparison } from "./comparison";

interface Props {
  comparison: Comparison;
  at: Cell;
  /** Whether the reader points there; else it is where the two differ most. */
  isPointed: boolean;
  /** Whether rows were scaled to one before the difference was taken. */
  isScaled: boolean;
}

/** One pair of tokens in both, in a sentence. */
export function CompareSentence({ comparison, at, isPointed, isScaled }: Props) {
  const { a, b, difference, queryTexts, keyTexts } = comparison;
  const numberIn = ({ data, shape }: Tensor) => data[at.row * (shape[1] ?? 0) + at.column] ?? Number.NaN;
  const change = numberIn(difference);
  const id = Number.isNaN(change) ? "absent" : change === 0 ? "same" : isPointed ? "pointed" : "largest";
  return (
    <Say>
      <T
        id={isScaled && (id === "largest" || id === "pointed") ? "compare.say.scaled" : `compare.say.${id}`}
        components={{
          query: <TokenAt tokens={queryTexts} at={at.row} as="query" />,
          key: <TokenAt tokens={keyTexts} at={at.column} as="key" />,
          a: <b>{number(numberIn(a))}</b>,
          b: <b>{number(numberIn(b))}</b>,
          change: <b>{signed(change)}</b>,
        }}
      />
    </Say>
  );
}
