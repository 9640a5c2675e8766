import select from "../../components/Select.module.css";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { EXPERIMENT_IDS, isExperiment } from "../../views/lab/registry";
import styles from "./Sharing.module.css";

interface Props {
  /** null for all of them. */
  chosen: string | null;
  onChoose(id: string | null): void;
}

/** Which experiment of the lab is embedded. */
export function ExperimentChoice({ chosen, onChoose }: Props) {
  const t = useT();
  return (
    <label className={styles.field}>
      <T id="embed.experiment" />
      <select
        className={select.select}
        value={isExperiment(chosen) ? chosen : ""}
        onChange={(event) => onChoose(event.currentTarget.value || null)}
      >
        {EXPERIMENT_IDS.map((id) => (
          <option key={id} value={id}>
            {t(`lab.${id}.question`)}
          </option>
        ))}
        <option value="">{t("embed.experiment.all")}</option>
      </select>
    </label>
  );
}
