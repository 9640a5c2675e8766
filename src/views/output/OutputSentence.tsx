import type { Readout } from "../../analysis/readout";
import { Say } from "../../components/Say";
import { TokenLabel } from "../../components/TokenLabel";
import { T } from "../../i18n/T";
import { number, percent } from "../../viz/format";
import type { Ranking } from "./outcomes";

interface Props {
  readout: Readout;
  ranking: Ranking;
  /** What each outcome is called; null until the vocabulary is there. */
  texts: readonly string[] | null;
  /** The token that the outcomes belong to. */
  token: string;
}

/** What the model says, in a sentence: its two likeliest outcomes with their numbers. */
export function OutputSentence({ readout, ranking, texts, token }: Props) {
  const { order, distribution } = ranking;
  const [best, second] = order;
  if (best === undefined || second === undefined || texts === null) return null;
  const share = (id: number) => percent(distribution.probabilities[id] ?? 0);
  const isOfToken = readout.kind === "label" && readout.isOfToken;
  return (
    <Say>
      <T
        id={`output.say.${isOfToken ? "labelOf" : readout.kind}`}
        components={{
          token: <TokenLabel text={token} />,
          best: <TokenLabel text={texts[best] ?? ""} />,
          share: <b>{share(best)}</b>,
          logit: <b>{number(readout.logits[best] ?? Number.NaN)}</b>,
          second: <TokenLabel text={texts[second] ?? ""} />,
          next: <b>{share(second)}</b>,
        }}
      />
    </Say>
  );
}
