import { useMemo } from "react";
import { ErrorNote } from "../../components/ErrorNote";
import { Hint, Say } from "../../components/Say";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { isText } from "../../store/run";
import { useSession } from "../../store/SessionContext";
import { useCheckpoints } from "../../store/useCheckpoints";
import { usePass } from "../../store/usePass";
import { count, magnitude, number } from "../../viz/format";
import { CheckpointSlider } from "./CheckpointSlider";
import { HeadsForming } from "./HeadsForming";
import { LearningCurves } from "./LearningCurves";
import { PatternThen } from "./PatternThen";
import styles from "./Training.module.css";
import { useCheckpoint } from "./useCheckpoint";

/** How the heads of a small model form while it is trained, moment by moment, on the typed sentence. */
export function Training() {
  const t = useT();
  const { checkpoints, error } = useCheckpoints();
  const { at, now, go } = useCheckpoint(checkpoints);
  const text = useSession(({ runs }) => {
    const source = runs[0]?.run.source;
    return source !== undefined && isText(source) ? source.text : null;
  });
  const request = useMemo(
    () => (now === undefined || text === null ? null : { model: now.model, input: { text }, edits: [] }),
    [now, text],
  );
  const pass = usePass(request);
  const stack = pass.trace?.spec.stacks[0];
  return (
    <section aria-label={t("training.region")} className={styles.training}>
      <h2>
        <T id="training.title" />
        <span>{t("training.subject", { moments: checkpoints.length })}</span>
      </h2>
      {error !== null && <ErrorNote detail={error.message}>{t("training.missing")}</ErrorNote>}
      {now !== undefined && (
        <>
          <Say>
            <T
              id="training.say"
              values={{ step: count(now.step), tokens: magnitude(now.tokens) }}
              components={{ loss: <b data-fact="loss">{number(now.lossPerToken)}</b> }}
            />
          </Say>
          <CheckpointSlider checkpoints={checkpoints} at={at} onGo={go} />
          <div className={styles.columns}>
            <PatternThen pass={pass} step={now.step} hasText={text !== null} />
            <HeadsForming checkpoint={now} />
          </div>
          <LearningCurves checkpoints={checkpoints} at={at} />
          {stack !== undefined && (
            <Hint>
              {t("training.honest", {
                layers: stack.layers.length,
                heads: stack.layers[0]?.attn.nHeads ?? 0,
                width: stack.dModel,
              })}
            </Hint>
          )}
        </>
      )}
    </section>
  );
}
