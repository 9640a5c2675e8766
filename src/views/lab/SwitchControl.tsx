import { Segmented } from "../../components/Segmented";
import { Slider } from "../../components/Slider";
import { useT } from "../../i18n/I18n";
import { number } from "../../viz/format";
import type { Switch } from "./card";
import styles from "./Lab.module.css";

interface Props {
  each: Switch;
  value: string | number;
  onChange(value: string | number): void;
}

/** One switch as the control that fits it; what the figure sets itself has none here. */
export function SwitchControl({ each, value, onChange }: Props) {
  const t = useT();
  switch (each.kind) {
    case "text":
      return null;
    case "number": {
      const name = each.names?.[Number(value)];
      return (
        <div className={styles.slider}>
          <Slider
            label={t(each.label)}
            value={Number(value)}
            min={each.min}
            max={each.max}
            step={each.step}
            text={
              (name === undefined ? each.text?.(Number(value)) : t(name)) ??
              (Number.isInteger(each.step) ? String(value) : number(Number(value)))
            }
            onChange={onChange}
          />
        </div>
      );
    }
    case "choice":
      return (
        <div className={styles.choice}>
          <span aria-hidden="true">{t(each.label)}</span>
          <Segmented
            label={t(each.label)}
            choices={Object.entries(each.options).map(([id, name]) => ({ id, name: t(name) }))}
            chosen={String(value)}
            onChoose={onChange}
          />
        </div>
      );
    default:
      return each satisfies never;
  }
}
