import { useT } from "../../i18n/I18n";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { CardLink } from "./CardLink";
import { keepSwitches, readSwitches, type Values } from "./card";
import styles from "./Lab.module.css";
import type { ExperimentId } from "./registry";
import { SwitchControl } from "./SwitchControl";
import { useCard } from "./useCard";

const AT_REST = {};

/** The switches of an experiment, its figure, the way back and the link to it as it stands. */
export function CardBody({ id }: { id: ExperimentId }) {
  const t = useT();
  const store = useSessionStore();
  const card = useCard(id);
  const stored = useSession((session) => session.experiments.all[id] ?? AT_REST);
  if (card === null) return <p role="status">{t("lab.waiting")}</p>;
  const { switches, figure } = card;
  const values = readSwitches(switches, stored);
  const set = (change: Values) => {
    const now = readSwitches(switches, store.getState().experiments.all[id] ?? AT_REST);
    store.getState().openExperiment(id, keepSwitches(switches, { ...now, ...change }));
  };
  return (
    <>
      <div className={styles.switches}>
        {Object.entries(switches).map(([name, each]) => (
          <SwitchControl
            key={name}
            each={each}
            value={values[name] ?? each.rest}
            onChange={(value) => set({ [name]: value })}
          />
        ))}
        <button
          type="button"
          className={styles.reset}
          onClick={() => store.getState().openExperiment(id, AT_REST)}
        >
          {t("lab.reset")}
        </button>
        <CardLink id={id} />
      </div>
      <div className={styles.figure}>{figure(values, set)}</div>
    </>
  );
}
