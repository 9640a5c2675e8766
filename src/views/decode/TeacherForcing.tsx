import { useId, useMemo } from "react";
import { entries } from "../../components/matrixFigure";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { LOGIT_ROWS } from "../../store/logitRows";
import { isText } from "../../store/run";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { useNeed } from "../../store/useNeed";
import { useVocabulary } from "../../store/useVocabulary";
import { number, percent } from "../../viz/format";
import { tokenText } from "../../viz/tokenText";
import decode from "./Decode.module.css";
import { ForcedRow } from "./ForcedRow";
import { forcedSteps } from "./forcing";
import styles from "./TeacherForcing.module.css";

interface Props {
  trace: Trace;
  /** Its rank among what is left out where there is no room. */
  spare: number | undefined;
}

/** Teacher forcing: the decoder reads the target that is typed, shifted right, and is asked for each of its tokens. */
export function TeacherForcing({ trace, spare }: Props) {
  const t = useT();
  const id = useId();
  const store = useSessionStore();
  const source = useSession((session) => session.runs[0]?.run.source);
  const vocabulary = useVocabulary();
  useNeed(LOGIT_ROWS);
  const steps = useMemo(() => forcedSteps(trace), [trace]);
  if (source === undefined || !isText(source)) return null;
  const { model, text } = source;
  const target = source.kind === "seq2seq" ? source.target : "";
  const bits = steps.reduce((sum, { probability }) => sum - Math.log2(probability), 0);
  const rows = entries(steps.map(({ reads }) => reads));
  return (
    <section aria-label={t("decode.forcing")} className={decode.forcing} data-spare={spare}>
      <h3>{t("decode.forcing")}</h3>
      <p className={decode.about}>
        <T id={target === "" ? "decode.forcing.own" : "decode.forcing.typed"} />
      </p>
      <label htmlFor={id} className={styles.targetLabel}>
        {t("decode.target")}
      </label>
      <input
        id={id}
        type="text"
        dir="auto"
        className={styles.target}
        value={target}
        placeholder={t("decode.target.placeholder")}
        onChange={(event) => {
          const { value } = event.currentTarget;
          const next =
            value === ""
              ? ({ kind: "text", model, text } as const)
              : ({ kind: "seq2seq", model, text, target: value } as const);
          store.getState().setSource(next);
        }}
      />
      {steps.length > 0 && (
        <>
          <div className={styles.tableBox}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t("decode.forcing.reads")}</th>
                  <th scope="col">{t("decode.forcing.target")}</th>
                  <th scope="col">{t("decode.forcing.probability")}</th>
                  <th scope="col">{t("decode.forcing.rank")}</th>
                  <th scope="col">{t("decode.forcing.best")}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ at }) => {
                  const step = steps[at];
                  if (step === undefined) return null;
                  const best = vocabulary?.[step.best.id];
                  return <ForcedRow key={at} step={step} best={best === undefined ? "" : tokenText(best)} />;
                })}
              </tbody>
            </table>
          </div>
          <p className={decode.about}>
            <T
              id="decode.forcing.total"
              values={{ bits: number(bits), probability: percent(2 ** -bits), count: steps.length }}
            />
          </p>
        </>
      )}
    </section>
  );
}
