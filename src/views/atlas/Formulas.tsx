import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { count } from "../../viz/format";
import styles from "./Atlas.module.css";
import { METRICS, metricText } from "./metrics";
import type { Cost, Shape } from "./shape";

/** How the three numbers of a model come out of its shape. */
export function Formulas({ shape, cost, typed }: { shape: Shape; cost: Cost; typed: number }) {
  const t = useT();
  const limited = shape.fixed === undefined && cost.length < typed;
  return (
    <>
      <ul className={styles.formulas}>
        {METRICS.map((metric) => (
          <li key={metric}>
            <span>{t(`atlas.metric.${metric}`)}</span>
            <code>{FORMULAS[metric](shape, cost.length)}</code>
            <b>{metricText(metric, cost[metric])}</b>
          </li>
        ))}
      </ul>
      <p className={styles.note}>
        <T
          id={`atlas.note.${shape.fixed !== undefined ? "fixed" : limited ? "limited" : "read"}`}
          values={{ count: count(shape.fixed ?? cost.length) }}
          components={{ counted: <T id="atlas.note.counted" /> }}
        />
      </p>
    </>
  );
}

const FORMULAS: Readonly<Record<keyof Omit<Cost, "length">, (shape: Shape, length: number) => string>> = {
  parameters: (shape) => `${weightsOf(shape)} × ${blockOf(shape)}${crossOf(shape)}${tableOf(shape)}`,
  flops: (shape, n) =>
    `2 · ${count(n)} · P + 4 · ${layersOf(shape)} · ${count(n)} · ${count(keysOf(shape, n))} · ${count(shape.heads * shape.dHead)}`,
  memory: (shape, n) =>
    `4 · ${patternsOf(shape)} · ${count(shape.heads)} · ${count(n)} · ${count(keysOf(shape, n))}`,
};

function layersOf({ encoder, decoder }: Shape): string {
  const crosses = encoder > 0 ? decoder : 0;
  return count(encoder + decoder + crosses);
}

function patternsOf(shape: Shape): string {
  return layersOf(shape);
}

function weightsOf({ encoder, decoder, shared }: Shape): string {
  return shared === true ? "1" : count(encoder + decoder);
}

function blockOf({ dModel, heads, dHead, dMlp }: Shape): string {
  return `(4 · ${count(dModel)} · ${count(heads * dHead)} + 2 · ${count(dModel)} · ${count(dMlp)})`;
}

function crossOf({ encoder, decoder, dModel, heads, dHead }: Shape): string {
  return encoder > 0 && decoder > 0
    ? ` + ${count(decoder)} × 4 · ${count(dModel)} · ${count(heads * dHead)}`
    : "";
}

function tableOf({ vocab, dModel, embedWidth = dModel }: Shape): string {
  if (vocab === 0) return "";
  const projection = embedWidth === dModel ? "" : ` + ${count(embedWidth)} · ${count(dModel)}`;
  return ` + ${count(vocab)} · ${count(embedWidth)}${projection}`;
}

function keysOf({ window }: Shape, length: number): number {
  return Math.min(length, window ?? length);
}
