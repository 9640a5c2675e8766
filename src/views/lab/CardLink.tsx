import { useT } from "../../i18n/I18n";
import { toFragment } from "../../store/fragment";
import { linkOf } from "../../store/permalink";
import { useSession } from "../../store/SessionContext";
import { useSettings } from "../../store/SettingsContext";
import styles from "./Lab.module.css";
import type { ExperimentId } from "./registry";

/** The address of this experiment as it stands: sentence, model, selection and switches. */
export function CardLink({ id }: { id: ExperimentId }) {
  const t = useT();
  const session = useSession((state) => state);
  const settings = useSettings((state) => state);
  const { all } = session.experiments;
  const here = linkOf({ ...session, experiments: { open: id, all } }, { ...settings, view: "lab" });
  return (
    <a data-tool className={styles.link} href={`./#${toFragment(here)}`}>
      {t("lab.link")}
    </a>
  );
}
