import axes from "../../components/axes.module.css";
import { useT } from "../../i18n/I18n";
import { count, percent } from "../../viz/format";
import { tokenText } from "../../viz/tokenText";
import type { ForcedStep } from "./forcing";
import styles from "./TeacherForcing.module.css";

interface Props {
  step: ForcedStep;
  /** Text of the likeliest token; empty until the vocabulary is there. */
  best: string;
}

/** One token of the target: what is read, what should be said, and how likely that is. */
export function ForcedRow({ step, best }: Props) {
  const t = useT();
  const { reads, target, probability, rank } = step;
  return (
    <tr>
      <td className={axes.query}>
        <bdi>{tokenText(reads)}</bdi>
      </td>
      <td>
        <b>
          <bdi>{target === null ? t("decode.forcing.end") : tokenText(target)}</bdi>
        </b>
      </td>
      <td>
        <span className={styles.bar}>
          <i style={{ width: `${100 * probability}%` }} />
        </span>
        <span className={styles.number}>{percent(probability)}</span>
      </td>
      <td className={styles.number}>{count(rank)}</td>
      <td className={styles.best}>
        {rank === 1 ? (
          t("decode.forcing.same")
        ) : (
          <>
            <bdi>{best}</bdi> <span className={styles.number}>{percent(step.best.probability)}</span>
          </>
        )}
      </td>
    </tr>
  );
}
