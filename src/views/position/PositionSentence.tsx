import { normOf } from "../../analysis/matrix";
import { Say } from "../../components/Say";
import { TokenAt } from "../../components/TokenAt";
import type { Token } from "../../engine/trace";
import { T } from "../../i18n/T";
import { useLooked } from "../../store/SessionContext";
import { number, signed } from "../../viz/format";
import { rowOf } from "../../viz/siteView";
import { distanceText } from "./figures";
import type { PositionFacts } from "./positionFacts";

/** What the scheme says of the looked token, or of the looked pair, with its numbers. */
export function PositionSentence({ facts, tokens }: { facts: PositionFacts; tokens: readonly Token[] }) {
  const { head, query, key } = useLooked();
  const { scheme, table, likeness } = facts;
  const between = likeness.data[query * likeness.columns + key] ?? Number.NaN;
  return (
    <Say>
      <T
        id={`position.say.${scheme}`}
        values={{
          position: query,
          rows: table.rows,
          pairs: table.columns,
          halves: table.columns / 2,
          head,
          distance: scheme === "rotary" ? Math.abs(key - query) : distanceText(key - query),
        }}
        components={{
          query: <TokenAt tokens={tokens} at={query} as="query" />,
          key: <TokenAt tokens={tokens} at={key} as="key" />,
          length: <b>{number(normOf(rowOf(table, query)))}</b>,
          between: <b>{facts.columns === "distance" ? signed(between) : number(between)}</b>,
        }}
      />
    </Say>
  );
}
