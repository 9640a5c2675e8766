import { ErrorNote } from "../../components/ErrorNote";
import { Hint } from "../../components/Say";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { textOf } from "../../store/run";
import { useSession } from "../../store/SessionContext";
import styles from "./Compare.module.css";
import { Lacking } from "./Lacking";
import { ModelB } from "./ModelB";
import { Numbers } from "./Numbers";
import { Pictures } from "./Pictures";
import { SentenceB } from "./SentenceB";
import { SideSetup } from "./SideSetup";
import { useComparison } from "./useComparison";
import { useSides } from "./useSides";

/** Two attentions side by side and as a signed difference: heads, layers, sentences, models, or ways of reading one. */
export function Compare() {
  const t = useT();
  const { a, b } = useSides();
  const text = useSession((session) => textOf(session.runs[0]?.run.source));
  const error = useSession((session) => session.runs[1]?.error ?? null);
  const isWaiting = useSession((session) => session.runs[1]?.stale === true);
  const comparison = useComparison(a, b);
  if (a.trace === null) return null;
  return (
    <section aria-label={t("compare.region")} className={styles.compare}>
      <h2>
        <T id="compare.title" />
        <span>
          <T id="compare.subject" />
        </span>
      </h2>
      <div className={styles.setup}>
        <SideSetup
          name="A"
          stack={a.stack}
          place={a.where}
          gathering={a.gathering}
          onPlace={a.setPlace}
          onGathering={a.setGathering}
        >
          <p className={styles.own}>{text}</p>
        </SideSetup>
        <SideSetup
          name="B"
          stack={b.stack}
          place={b.where}
          gathering={b.gathering}
          onPlace={b.setPlace}
          onGathering={b.setGathering}
          model={<ModelB />}
        >
          <SentenceB />
        </SideSetup>
      </div>
      {error !== null && <ErrorNote detail={error.message}>{t("compare.failed")}</ErrorNote>}
      {comparison === null ? (
        <Lacking a={a} b={b} isWaiting={isWaiting} />
      ) : (
        <Pictures comparison={comparison} gatherings={{ a: a.gathering, b: b.gathering }} />
      )}
      {b.trace !== null && (
        <Numbers
          comparison={comparison}
          isRaw={a.gathering === "raw" && b.gathering === "raw"}
          a={a.trace}
          b={b.trace}
        />
      )}
      <Hint>{t("compare.honest")}</Hint>
    </section>
  );
}
