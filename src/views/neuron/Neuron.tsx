import { normOf } from "../../analysis/matrix";
import { Hint } from "../../components/Say";
import { Segmented } from "../../components/Segmented";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useLooked, useSession } from "../../store/SessionContext";
import { useOption } from "../../store/SettingsContext";
import { useWhyAbsent } from "../../store/useWhyAbsent";
import { number, percent, signed } from "../../viz/format";
import { farthestFirst } from "../../viz/ranking";
import { tokensAlong } from "../../viz/siteView";
import { Dimensions } from "./Dimensions";
import { KeyList } from "./KeyList";
import styles from "./Neuron.module.css";
import { NeuronSentence } from "./NeuronSentence";
import { Pipeline } from "./Pipeline";
import { useNeuronFacts } from "./useNeuronFacts";

const ORDERS = ["contribution", "dimension"] as const;

/** One query and one key, neuron by neuron: q × k, its sum, the softmax, and what of the value is handed over. */
export function Neuron() {
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  return trace === null ? null : <NeuronOf trace={trace} />;
}

function NeuronOf({ trace }: { trace: Trace }) {
  const t = useT();
  const looked = useLooked();
  const facts = useNeuronFacts(trace, looked);
  const [by, setBy] = useOption("sort");
  const absent = useWhyAbsent();
  const { layer, head, query, key } = looked;
  const queries = tokensAlong("query_pos", trace, looked);
  const keys = tokensAlong("key_pos", trace, looked);
  const sorted = (values: Float32Array) =>
    by === "contribution" ? farthestFirst(values) : Array.from(values, (_, d) => d);
  return (
    <section aria-label={t("neuron.region")}>
      <h2>
        <T id="neuron.title" />
        <span>{t("neuron.place", { layer, head })}</span>
      </h2>
      {facts === null ? (
        <p className={styles.absent}>
          <T id={`neuron.absent.${absent}`} />
        </p>
      ) : (
        <>
          <NeuronSentence facts={facts} queries={queries} keys={keys} query={query} at={key} />
          <Hint>
            <T id="neuron.hint" />
          </Hint>
          <div className={styles.tools}>
            <Pipeline facts={facts} dHead={facts.q.length} />
            <Segmented
              label={t("neuron.order")}
              choices={ORDERS.map((id) => ({ id, name: t(`neuron.order.${id}`) }))}
              chosen={by}
              onChoose={(order) => setBy(order)}
            />
          </div>
          <div className={styles.columns}>
            <div>
              <h3 className={styles.keysTitle}>
                {t("neuron.keys")}
                <span>{t("neuron.keys.about")}</span>
              </h3>
              <KeyList facts={facts} keys={keys} />
            </div>
            <Dimensions
              title={t(facts.rotated ? "neuron.compare.rotated" : "neuron.compare")}
              label={t("neuron.compare")}
              parts={[
                { id: "q", name: "q", role: "query", values: facts.q },
                { id: "k", name: "k", role: "key", values: facts.k },
              ]}
              result={{ id: "product", name: "q × k", role: "position", values: facts.products }}
              order={sorted(facts.products)}
            >
              <p className={styles.total}>
                <span>{t("neuron.total", { count: facts.q.length })}</span>
                <b>{signed(facts.dot)}</b>
              </p>
            </Dimensions>
            <Dimensions
              title={t("neuron.hand")}
              label={t("neuron.hand")}
              parts={[{ id: "v", name: "v", role: "value", values: facts.v }]}
              result={{ id: "weighted", name: "α × v", role: "position", values: facts.weighted }}
              beside={
                facts.mixed === null
                  ? undefined
                  : { id: "mixed", name: "z", role: "position", values: facts.mixed }
              }
              order={sorted(facts.weighted)}
            >
              <p className={styles.total}>
                <span>{t("neuron.length", { share: percent(facts.attention) })}</span>
                <b>{number(normOf(facts.weighted))}</b>
              </p>
              {facts.mixed !== null && (
                <p className={styles.total}>
                  <span>{t("neuron.mixed")}</span>
                  <b>{number(normOf(facts.mixed))}</b>
                </p>
              )}
            </Dimensions>
          </div>
        </>
      )}
    </section>
  );
}
