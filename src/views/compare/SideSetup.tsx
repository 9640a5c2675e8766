import type { ReactNode } from "react";
import { HeadPicker, type HeadPlace } from "../../components/HeadPicker";
import select from "../../components/Select.module.css";
import type { StackSpec } from "../../engine/spec";
import { useT } from "../../i18n/I18n";
import { GATHERINGS, type Gathering } from "../../store/options";
import styles from "./Compare.module.css";
import { OVER_LAYERS } from "./gather";

interface Props {
  /** "A" or "B" */
  name: string;
  /** What is read: a sentence, or where to type one. */
  children: ReactNode;
  /** Where its model is chosen, if it may differ. */
  model?: ReactNode;
  stack: StackSpec | undefined;
  place: HeadPlace;
  gathering: Gathering;
  onPlace(place: HeadPlace): void;
  onGathering(gathering: Gathering): void;
}

/** One of the two that are compared: what is read, by which head, and how its attention is read. */
export function SideSetup({ name, children, model, stack, place, gathering, onPlace, onGathering }: Props) {
  const t = useT();
  return (
    <div className={styles.side}>
      <b aria-hidden="true" className={styles.letter}>
        {name}
      </b>
      <div className={styles.read}>{children}</div>
      <div className={styles.picks} data-spare={3}>
        {model}
        {stack !== undefined && (
          <HeadPicker label={t("compare.head", { name })} stack={stack} chosen={place} onChoose={onPlace} />
        )}
        <select
          aria-label={t("compare.show", { name })}
          className={select.select}
          value={gathering}
          onChange={(event) => {
            const next = GATHERINGS.find((each) => each === event.currentTarget.value);
            if (next !== undefined) onGathering(next);
          }}
        >
          {GATHERINGS.map((each) => (
            <option key={each} value={each}>
              {t(`compare.gathering.${each}`)}
            </option>
          ))}
        </select>
      </div>
      <p className={styles.about} data-spare={3}>
        {t(`compare.about.${gathering}`)}
        {OVER_LAYERS.has(gathering) && ` ${t("compare.upTo", { layer: place.layer })}`}
      </p>
    </div>
  );
}
