import { useEffect, useState } from "react";
import { Slider } from "../../components/Slider";
import { useT } from "../../i18n/I18n";
import type { Checkpoint } from "../../store/useCheckpoints";
import { count } from "../../viz/format";
import styles from "./Training.module.css";

interface Props {
  checkpoints: readonly Checkpoint[];
  at: number;
  onGo(at: number): void;
}

/** How long each moment stays while they are played, in ms. */
const PACE = 1400;

/** The moments of the training on one slider, and a button that plays them from the first to the last. */
export function CheckpointSlider({ checkpoints, at, onGo }: Props) {
  const t = useT();
  const [playing, setPlaying] = useState(false);
  const last = checkpoints.length - 1;
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => (at >= last ? setPlaying(false) : onGo(at + 1)), PACE);
    return () => clearTimeout(timer);
  }, [playing, at, last, onGo]);
  const toggle = () => {
    if (!playing && at >= last) onGo(0);
    setPlaying(!playing);
  };
  return (
    <div className={styles.slider}>
      <button type="button" className={styles.play} aria-pressed={playing} onClick={toggle}>
        <span aria-hidden="true">{playing ? "❚❚" : "▶"}</span>{" "}
        {t(playing ? "training.pause" : "training.play")}
      </button>
      <Slider
        label={t("training.checkpoint")}
        value={at}
        min={0}
        max={last}
        step={1}
        text={t("training.step", { step: count(checkpoints[at]?.step ?? 0) })}
        onChange={(to) => {
          setPlaying(false);
          onGo(to);
        }}
      />
    </div>
  );
}
