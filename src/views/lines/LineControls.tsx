import { CheckBox } from "../../components/CheckBox";
import { Disclosure } from "../../components/Disclosure";
import { Segmented } from "../../components/Segmented";
import { Slider } from "../../components/Slider";
import { useT } from "../../i18n/I18n";
import { ALL_LINES, BETWEEN, LEAST_LINE } from "../../store/options";
import { percent } from "../../viz/format";
import { HeadLegend } from "./HeadLegend";
import styles from "./Lines.module.css";
import { TokenToggles } from "./TokenToggles";
import type { LinesModel } from "./useLines";

/** Which heads are drawn, how strong a line must be, between what, and what is hidden. */
export function LineControls({ model }: { model: LinesModel }) {
  const t = useT();
  const { options, change, kind, isPair } = model;
  return (
    <div className={styles.controls}>
      <HeadLegend model={model} />
      <Slider
        label={t("lines.threshold")}
        value={options.threshold}
        min={LEAST_LINE}
        max={0.9}
        step={0.01}
        text={percent(options.threshold)}
        onChange={(threshold) => change({ threshold })}
      />
      <Slider
        label={t("lines.top")}
        value={options.top}
        min={1}
        max={ALL_LINES}
        step={1}
        text={options.top === ALL_LINES ? t("lines.top.all") : t("lines.top.some", { count: options.top })}
        onChange={(top) => change({ top })}
      />
      <Segmented
        label={t("lines.unit")}
        choices={(["words", "pieces"] as const).map((id) => ({ id, name: t(`lines.unit.${id}`) }))}
        chosen={options.words ? "words" : "pieces"}
        onChoose={(id) => change({ words: id === "words" })}
      />
      {isPair && (
        <Segmented
          label={t("lines.between")}
          choices={BETWEEN.map((id) => ({ id, name: t(`lines.between.${id}`) }))}
          chosen={options.between}
          onChoose={(between) => change({ between })}
        />
      )}
      <fieldset className={styles.hide}>
        <legend>{t("lines.hide")}</legend>
        <CheckBox checked={options.hideSpecial} onChange={(hideSpecial) => change({ hideSpecial })}>
          {t("lines.hide.special")}
        </CheckBox>
        <CheckBox checked={options.hideFirst} onChange={(hideFirst) => change({ hideFirst })}>
          {t("lines.hide.first")}
        </CheckBox>
        {kind.attention === "attn" && (
          <CheckBox checked={options.hideDiagonal} onChange={(hideDiagonal) => change({ hideDiagonal })}>
            {t("lines.hide.diagonal")}
          </CheckBox>
        )}
        <CheckBox checked={options.renormalise} onChange={(renormalise) => change({ renormalise })}>
          {t("lines.hide.renormalise")}
        </CheckBox>
      </fieldset>
      <Disclosure name={t("lines.tokens")}>
        <TokenToggles model={model} />
      </Disclosure>
    </div>
  );
}
