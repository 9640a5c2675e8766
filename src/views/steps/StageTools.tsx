import { Segmented } from "../../components/Segmented";
import { useT } from "../../i18n/I18n";
import { useSettings } from "../../store/SettingsContext";
import type { Stage } from "../../store/stageTable";
import styles from "./Steps.module.css";
import type { Show } from "./show";

interface Props {
  stage: Stage;
  show: Show;
  onShow(show: Show): void;
  playing: boolean;
  onPlay(): void;
}

/** Under the figure: how it is drawn, and the button that plays the stages. */
export function StageTools({ stage, show, onShow, playing, onPlay }: Props) {
  const t = useT();
  const transpose = useSettings((settings) => settings.transpose);
  const set = useSettings((settings) => settings.set);
  const isMatrix = stage.layout === "matrix";
  const choices: readonly Show[] = isMatrix ? ["heatmap", "lines", "numbers"] : ["heatmap", "numbers"];
  return (
    <div className={styles.tools} data-spare={3}>
      <button type="button" className={styles.play} data-tool="" aria-pressed={playing} onClick={onPlay}>
        <span aria-hidden="true">{playing ? "❚❚" : "▶"}</span> {t(playing ? "steps.pause" : "steps.play")}
      </button>
      <Segmented
        label={t("steps.show")}
        choices={choices.map((id) => ({ id, name: t(`steps.show.${id}`) }))}
        chosen={choices.includes(show) ? show : "heatmap"}
        onChoose={onShow}
      />
      <label className={styles.transpose}>
        <input
          type="checkbox"
          checked={transpose}
          onChange={(event) => set({ transpose: event.currentTarget.checked })}
        />
        {t("steps.transpose")}
      </label>
    </div>
  );
}
