import { Say } from "../../components/Say";
import { TokenAt } from "../../components/TokenAt";
import type { Token } from "../../engine/trace";
import { T } from "../../i18n/T";
import { number, percent } from "../../viz/format";
import type { NeuronFacts } from "./neuronFacts";

interface Props {
  facts: NeuronFacts;
  queries: readonly Token[];
  keys: readonly Token[];
  query: number;
  at: number;
}

/** The pair in one sentence. */
export function NeuronSentence({ facts, queries, keys, query, at }: Props) {
  const isMasked = facts.score === Number.NEGATIVE_INFINITY;
  return (
    <Say>
      <T
        id={isMasked ? "neuron.say.masked" : "neuron.say"}
        values={{ count: facts.q.length, keys: facts.seen }}
        components={{
          query: <TokenAt tokens={queries} at={query} as="query" />,
          key: <TokenAt tokens={keys} at={at} as="key" />,
          dot: <b>{number(facts.dot)}</b>,
          share: <b>{percent(facts.attention)}</b>,
        }}
      />
    </Say>
  );
}
