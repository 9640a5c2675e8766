import type { Readout } from "../../analysis/readout";
import { Say } from "../../components/Say";
import { TokenAt } from "../../components/TokenAt";
import { TokenLabel } from "../../components/TokenLabel";
import type { Token } from "../../engine/trace";
import { T } from "../../i18n/T";
import { number, percent } from "../../viz/format";
import type { Ranking } from "./outcomes";

interface Props {
  readout: Readout;
  ranking: Ranking;
  /** What each outcome is called; null until the vocabulary is there. */
  texts: readonly string[] | null;
  /** The tokens of the text: the outcomes belong to the one at the readout's position. */
  tokens: readonly Token[];
}

/** What the model says, in a sentence: its two likeliest outcomes with their numbers. */
export function OutputSentence({ readout, ranking, texts, tokens }: Props) {
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
          token: <TokenAt tokens={tokens} at={readout.position} />,
          best: <TokenLabel text={texts[best] ?? ""} spaced />,
          share: <b>{share(best)}</b>,
          logit: <b>{number(readout.logits[best] ?? Number.NaN)}</b>,
          second: <TokenLabel text={texts[second] ?? ""} spaced />,
          next: <b>{share(second)}</b>,
        }}
      />
    </Say>
  );
}
