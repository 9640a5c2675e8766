import { Say } from "../../components/Say";
import { T } from "../../i18n/T";
import { percent } from "../../viz/format";
import type { Search } from "./useDecoding";

/** What the search has found so far, in a sentence. */
export function DecodeSentence({ search }: { search: Search }) {
  const { texts, part, status } = search;
  const [best] = texts;
  const goesOn = texts.find(({ text }) => text !== "");
  const considered = (part?.nodes.length ?? 1) - 1;
  const pruned = part?.nodes.filter((node) => node.state === "pruned").length ?? 0;
  if (best === undefined) {
    return (
      <Say>
        <T
          id={status === "running" ? "decode.say.running" : "decode.say.stopped"}
          values={{ considered, pruned }}
        />
      </Say>
    );
  }
  return (
    <Say>
      <T
        id={
          goesOn === undefined
            ? "decode.say.nothing"
            : best === goesOn
              ? "decode.say.done"
              : "decode.say.ends"
        }
        values={{ considered, pruned }}
        components={{
          text: (
            <b>
              <bdi>{goesOn?.text.trim()}</bdi>
            </b>
          ),
          share: <b>{percent(Math.exp(best.logProbability))}</b>,
        }}
      />
    </Say>
  );
}
