import { Slider } from "../../components/Slider";
import { useT } from "../../i18n/I18n";
import { useSession } from "../../store/SessionContext";
import { count, number } from "../../viz/format";
import styles from "./Output.module.css";
import { nearestStop, topKStops } from "./topK";

/** Temperature, top-k and top-p: what each does shows in the list at once. */
export function SamplingControls({ vocabulary }: { vocabulary: number }) {
  const t = useT();
  const { temperature, topK, topP } = useSession((session) => session.sampling);
  const set = useSession((session) => session.setSampling);
  const stops = topKStops(vocabulary);
  return (
    <div className={styles.controls}>
      <Slider
        label={t("output.temperature")}
        value={temperature}
        min={0}
        max={2}
        step={0.05}
        text={temperature === 0 ? t("output.greedy") : number(temperature)}
        onChange={(value) => set({ temperature: value })}
      />
      <Slider
        label={t("output.topK")}
        value={nearestStop(stops, topK)}
        min={0}
        max={stops.length - 1}
        step={1}
        text={topK === 0 ? t("output.off") : count(topK)}
        onChange={(at) => set({ topK: stops[at] ?? 0 })}
      />
      <Slider
        label={t("output.topP")}
        value={topP}
        min={0.05}
        max={1}
        step={0.05}
        text={topP === 1 ? t("output.off") : number(topP)}
        onChange={(value) => set({ topP: value })}
      />
    </div>
  );
}
