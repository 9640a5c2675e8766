import type { MessageKey } from "../../i18n/areas";
import { T } from "../../i18n/T";
import { number, percent, signed } from "../../viz/format";
import styles from "./Neuron.module.css";
import type { NeuronFacts } from "./neuronFacts";

interface Stop {
  readonly id: MessageKey;
  readonly value: string;
}

/** From the sum of the products to the share of attention, a number for each step. */
export function Pipeline({ facts, dHead }: { facts: NeuronFacts; dHead: number }) {
  const { dot, scale, scaled, bias, score, attention } = facts;
  const isMasked = score === Number.NEGATIVE_INFINITY;
  const stops: readonly (Stop | false)[] = [
    { id: "neuron.sum", value: number(dot) },
    { id: scale === 1 ? "neuron.unscaled" : "neuron.scale", value: number(scaled) },
    bias !== null && { id: "neuron.bias", value: signed(bias) },
    isMasked && { id: "neuron.mask", value: number(score) },
    { id: "neuron.softmax", value: percent(attention) },
  ];
  const root = (
    <math>
      <msqrt>
        <mn>{dHead}</mn>
      </msqrt>
    </math>
  );
  return (
    <ol className={styles.pipeline}>
      {stops.map(
        (stop) =>
          stop !== false && (
            <li key={stop.id}>
              <span>
                <T id={stop.id} components={{ root }} />
              </span>
              <b>{stop.value}</b>
            </li>
          ),
      )}
    </ol>
  );
}
