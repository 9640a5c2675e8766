import { Fragment } from "react";
import { Say } from "../../components/Say";
import { TokenAt } from "../../components/TokenAt";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { percent } from "../../viz/format";
import { largestFirst } from "../../viz/ranking";
import { type Focus, telling } from "./focus";
import { headCode } from "./headCode";
import type { LinesModel } from "./useLines";

interface Props {
  model: LinesModel;
  focus: Focus | null;
  shares: Float32Array;
}

/** The picture in one sentence: the strongest line of all, or what the tokens in focus look at. */
export function LinesSentence({ model, focus, shares }: Props) {
  const t = useT();
  const { lines, drawn, queries, keys } = model;
  const open = telling(lines);
  const strongest = open.at(-1);
  const drawnHead = drawn[strongest?.head ?? -1];
  if (focus === null) {
    if (strongest === undefined || drawnHead === undefined) {
      return (
        <Say>
          <T id="lines.say.none" />
        </Say>
      );
    }
    return (
      <Say>
        <T
          id={open.length < lines.length ? "lines.say.choice" : "lines.say.all"}
          components={{
            query: <TokenAt tokens={queries} at={strongest.query} as="query" />,
            key: <TokenAt tokens={keys} at={strongest.key} as="key" />,
            share: <b>{percent(strongest.weight)}</b>,
            head: <b>{headCode(t, model.kind, drawnHead)}</b>,
          }}
        />
      </Say>
    );
  }
  const [own, others] = focus.side === "query" ? [queries, keys] : [keys, queries];
  const other = focus.side === "query" ? "key" : "query";
  const [most = 0] = largestFirst(shares);
  const several = focus.units.length > 1;
  return (
    <Say>
      <T
        id={`lines.say.${focus.side}.${several ? "several" : "one"}`}
        values={{ heads: drawn.length }}
        components={{
          tokens: focus.units.map((unit, at) => (
            <Fragment key={unit}>
              {at > 0 && t("lines.and")}
              <TokenAt tokens={own} at={unit} as={focus.side} />
            </Fragment>
          )),
          most: <TokenAt tokens={others} at={most} as={other} />,
          share: <b>{percent(shares[most] ?? 0)}</b>,
        }}
      />
    </Say>
  );
}
