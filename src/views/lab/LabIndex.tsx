import { useT } from "../../i18n/I18n";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { GROUPS } from "./card";
import styles from "./Lab.module.css";
import { EXPERIMENT_IDS, EXPERIMENTS } from "./registry";
import { elementId, showExperiment } from "./showExperiment";

/** All questions on one look, by what they are about. */
export function LabIndex() {
  const t = useT();
  const store = useSessionStore();
  const open = useSession((session) => session.experiments.open);
  return (
    <nav aria-label={t("lab.index")} className={styles.index}>
      {GROUPS.map((group) => (
        <div key={group}>
          <p>{t(`lab.group.${group}`)}</p>
          <ul>
            {EXPERIMENT_IDS.filter((id) => EXPERIMENTS[id].group === group).map((id) => (
              <li key={id}>
                <a
                  href={`#v=1&view=lab&experiment=${id}`}
                  aria-current={id === open || undefined}
                  data-for={elementId(id)}
                  onClick={(event) => {
                    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                    event.preventDefault();
                    store.getState().openExperiment(id);
                    showExperiment(id);
                  }}
                >
                  {t(`lab.${id}.question`)}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
