import { Curves } from "../../components/Curves";
import { useT } from "../../i18n/I18n";
import { type Checkpoint, HEAD_SCORES } from "../../store/useCheckpoints";
import { count } from "../../viz/format";
import styles from "./Training.module.css";

interface Props {
  checkpoints: readonly Checkpoint[];
  at: number;
}

/** The loss over the moments, and how clearly the clearest head does each thing. */
export function LearningCurves({ checkpoints, at }: Props) {
  const t = useT();
  const stepName = (index: number) => t("training.step", { step: count(checkpoints.at(index)?.step ?? 0) });
  const ends = [stepName(0), stepName(-1)] as const;
  const best = (name: (typeof HEAD_SCORES)[number]) =>
    Float32Array.from(checkpoints, ({ heads }) => Math.max(...heads.flat().map((scores) => scores[name])));
  return (
    <div className={styles.curves}>
      <figure>
        <figcaption>{t("training.loss")}</figcaption>
        <Curves
          label={t("training.loss")}
          curves={[
            {
              id: "loss",
              name: t("training.loss.name"),
              values: Float32Array.from(checkpoints, ({ lossPerToken }) => lossPerToken),
            },
          ]}
          ends={ends}
          at={at}
        />
      </figure>
      <figure>
        <figcaption>{t("training.scores")}</figcaption>
        <Curves
          label={t("training.scores")}
          curves={HEAD_SCORES.map((name) => ({
            id: name,
            name: t(`heads.label.${name}`),
            values: best(name),
          }))}
          ends={ends}
          at={at}
        />
      </figure>
    </div>
  );
}
