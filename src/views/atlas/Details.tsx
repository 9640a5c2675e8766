import type { MessageKey } from "../../i18n/areas";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { count, magnitude } from "../../viz/format";
import styles from "./Atlas.module.css";
import { Formulas } from "./Formulas";
import { FAMILY } from "./family";
import type { Entry } from "./members";
import { costOf } from "./shape";

/** One model: what it changed, its shape, its cost with the numbers filled in, and where they come from. */
export function Details({ entry, typed }: { entry: Entry; typed: number }) {
  const t = useT();
  const store = useSessionStore();
  const { shape, published, runs } = entry;
  const loaded = useSession(({ runs }) => runs[0]?.facts ?? null);
  const isOurs = !FAMILY.some(({ id }) => id === entry.id);
  return (
    <div className={styles.details} data-spare={2}>
      <h3>
        {entry.name} <small>{entry.year}</small>
      </h3>
      <p className={styles.changed}>
        {t((isOurs ? "atlas.changed.ours" : `atlas.changed.${entry.id}`) as MessageKey)}
      </p>
      {shape === null ? (
        <p>
          <T id="atlas.shape.unpublished" />
        </p>
      ) : (
        <>
          <dl className={styles.facts}>
            <Fact name={t("atlas.fact.layers")} value={layersText(t, shape.encoder, shape.decoder)} />
            <Fact
              name={t("atlas.fact.heads")}
              value={t("atlas.headsOf", { heads: count(shape.heads), dHead: count(shape.dHead) })}
            />
            <Fact name={t("atlas.fact.width")} value={count(shape.dModel)} />
            <Fact name="MLP" value={count(shape.dMlp)} />
            {shape.vocab > 0 && <Fact name={t("atlas.fact.vocabulary")} value={count(shape.vocab)} />}
            <Fact
              name={t("atlas.fact.context")}
              value={Number.isFinite(shape.context) ? count(shape.context) : t("atlas.unlimited")}
            />
            {loaded !== null && loaded.id === runs && (
              <Fact name={t("atlas.fact.file")} value={magnitude(loaded.parameters)} />
            )}
            {!isOurs && (
              <Fact
                name={t("atlas.fact.published")}
                value={published === null ? t("atlas.unpublished") : magnitude(published)}
              />
            )}
          </dl>
          <Formulas shape={shape} cost={costOf(shape, typed)} typed={typed} />
        </>
      )}
      <p className={styles.source}>
        <T id="atlas.source" values={{ source: entry.source }} />
      </p>
      {runs !== null && (
        <button type="button" className={styles.load} onClick={() => store.getState().setModel(runs)}>
          {t("atlas.load", { name: entry.name })}
        </button>
      )}
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function layersText(t: ReturnType<typeof useT>, encoder: number, decoder: number): string {
  if (encoder > 0 && decoder > 0) {
    return t("atlas.layers.both", { encoder: count(encoder), decoder: count(decoder) });
  }
  return count(encoder + decoder);
}
