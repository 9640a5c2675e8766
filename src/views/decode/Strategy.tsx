import { NumberField } from "../../components/NumberField";
import { Segmented } from "../../components/Segmented";
import { Slider } from "../../components/Slider";
import { useT } from "../../i18n/I18n";
import { STRATEGIES } from "../../store/answers";
import { useSession } from "../../store/SessionContext";
import { number } from "../../viz/format";
import styles from "./Decode.module.css";

/** How the next tokens are chosen, with the settings that this way has. */
export function Strategy() {
  const t = useT();
  const { strategy } = useSession((session) => session.decoding);
  const set = useSession((session) => session.setDecoding);
  return (
    <div className={styles.strategy} data-spare={3}>
      <Segmented
        label={t("decode.strategy")}
        choices={STRATEGIES.map((id) => ({ id, name: t(`decode.strategy.${id}`) }))}
        chosen={strategy}
        onChoose={(id) => set({ strategy: id })}
      />
      <p className={styles.about}>{t(`decode.about.${strategy}`)}</p>
      <div className={styles.settings}>
        {strategy === "sample" && <SamplingFields />}
        {strategy === "beam" && <BeamFields />}
        <MaxTokens />
      </div>
    </div>
  );
}

function SamplingFields() {
  const t = useT();
  const { temperature, topK, topP, seed } = useSession((session) => session.sampling);
  const set = useSession((session) => session.setSampling);
  return (
    <>
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
        label={t("output.topP")}
        value={topP}
        min={0.05}
        max={1}
        step={0.05}
        text={topP === 1 ? t("output.off") : number(topP)}
        onChange={(value) => set({ topP: value })}
      />
      <NumberField
        label={t("decode.topK")}
        value={topK}
        min={0}
        max={99_999}
        step={1}
        onChange={(value) => set({ topK: Math.round(value) })}
      />
      <NumberField
        label={t("output.seed")}
        value={seed}
        min={0}
        max={999_999}
        step={1}
        onChange={(value) => set({ seed: Math.round(value) })}
      />
    </>
  );
}

function BeamFields() {
  const t = useT();
  const { beams, lengthPenalty } = useSession((session) => session.decoding);
  const set = useSession((session) => session.setDecoding);
  return (
    <>
      <Slider
        label={t("decode.beams")}
        value={beams}
        min={1}
        max={8}
        step={1}
        text={String(beams)}
        onChange={(value) => set({ beams: value })}
      />
      <Slider
        label={t("decode.lengthPenalty")}
        value={lengthPenalty}
        min={0}
        max={2}
        step={0.1}
        text={number(lengthPenalty)}
        onChange={(value) => set({ lengthPenalty: value })}
      />
    </>
  );
}

function MaxTokens() {
  const t = useT();
  const { maxTokens } = useSession((session) => session.decoding);
  const set = useSession((session) => session.setDecoding);
  return (
    <Slider
      label={t("decode.maxTokens")}
      value={maxTokens}
      min={1}
      max={40}
      step={1}
      text={String(maxTokens)}
      onChange={(value) => set({ maxTokens: value })}
    />
  );
}
