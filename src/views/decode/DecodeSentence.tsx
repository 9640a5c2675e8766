import { Say } from "../../components/Say";
import { T } from "../../i18n/T";
import { count, percent } from "../../viz/format";
import type { Search } from "./useDecoding";

/** What the search has found so far, in a sentence. */
export function DecodeSentence({ search }: { search: Search }) {
  const { texts, part, status } = search;
  const [best] = texts;
  const considered = (part?.nodes.length ?? 1) - 1;
  const pruned = part?.nodes.filter((node) => node.state === "pruned").length ?? 0;
  if (best === undefined) {
    return (
      <Say>
        <T
          id={status === "running" ? "decode.say.running" : "decode.say.stopped"}
          values={{ considered: count(considered), pruned: count(pruned) }}
        />
      </Say>
    );
  }
  return (
    <Say>
      <T
        id="decode.say.done"
        values={{ considered: count(considered), pruned: count(pruned) }}
        components={{
          text: (
            <b>
              <bdi>{best.text}</bdi>
            </b>
          ),
          share: <b>{percent(Math.exp(best.logProbability))}</b>,
        }}
      />
    </Say>
  );
}
