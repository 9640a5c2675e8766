import { useEffect } from "react";
import { Hint } from "../../components/Say";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useSessionStore } from "../../store/SessionContext";
import { GROUPS } from "./card";
import styles from "./Lab.module.css";
import { LabCard } from "./LabCard";
import { LabIndex } from "./LabIndex";
import { LongText } from "./LongText";
import { EXPERIMENT_IDS, EXPERIMENTS, isExperiment } from "./registry";
import { showExperiment } from "./showExperiment";

/** Experiments that change the mechanism and run it again, each a card named by its question. */
export function Lab() {
  const t = useT();
  const store = useSessionStore();
  // A link to one experiment opens the page at it; later ones (back, forward) go there too.
  useEffect(() => {
    const { open } = store.getState().experiments;
    if (isExperiment(open)) showExperiment(open);
  }, [store]);
  return (
    <section aria-label={t("lab.region")} className={styles.lab}>
      <h2>
        <T id="lab.title" />
        <span>{t("lab.subject")}</span>
      </h2>
      <Hint>{t("lab.hint")}</Hint>
      <LongText />
      <LabIndex />
      {GROUPS.map((group) => {
        const ids = EXPERIMENT_IDS.filter((id) => EXPERIMENTS[id].group === group);
        if (ids.length === 0) return null;
        return (
          <div key={group} className={styles.group}>
            <p className={styles.groupName}>{t(`lab.group.${group}`)}</p>
            {ids.map((id) => (
              <LabCard key={id} id={id} />
            ))}
          </div>
        );
      })}
    </section>
  );
}
