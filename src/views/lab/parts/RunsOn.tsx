import { useLanguage } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { MODELS } from "../../../store/models";
import { useSession } from "../../../store/SessionContext";
import styles from "./Parts.module.css";

interface Props {
  /** own: the loaded model's weights; sibling: a small model that was trained so; mixed: the loaded model's, with what it lacks drawn at random; random: seeded, untrained; none: no model at all. */
  of: "own" | "mixed" | "sibling" | "random" | "none";
  /** The sibling's name, or the seed. */
  name?: string;
}

/** Which weights the figure ran on: it is always said. */
export function RunsOn({ of, name = "" }: Props) {
  const language = useLanguage();
  const model = useSession((session) => session.runs[0]?.run.source.model ?? "");
  const shipped = MODELS.find(({ id }) => id === model)?.names[language];
  return (
    <p className={styles.runsOn} data-spare={2}>
      <T id={`lab.runsOn.${of}`} values={{ model: shipped ?? model, name }} />
    </p>
  );
}
