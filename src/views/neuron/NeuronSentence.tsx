import { Say } from "../../components/Say";
import { TokenLabel } from "../../components/TokenLabel";
import { T } from "../../i18n/T";
import { number, percent } from "../../viz/format";
import type { NeuronFacts } from "./neuronFacts";

interface Props {
  facts: NeuronFacts;
  query: string;
  keyText: string;
}

/** The pair in one sentence. */
export function NeuronSentence({ facts, query, keyText }: Props) {
  const isMasked = facts.score === Number.NEGATIVE_INFINITY;
  return (
    <Say>
      <T
        id={isMasked ? "neuron.say.masked" : "neuron.say"}
        values={{ count: facts.q.length, keys: facts.row.length }}
        components={{
          query: <TokenLabel text={query} as="query" />,
          key: <TokenLabel text={keyText} as="key" />,
          dot: <b>{number(facts.dot)}</b>,
          share: <b>{percent(facts.attention)}</b>,
        }}
      />
    </Say>
  );
}
