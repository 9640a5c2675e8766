import { useId } from "react";
import styles from "./Segmented.module.css";

export interface Choice<Id extends string> {
  readonly id: Id;
  readonly name: string;
}

interface Props<Id extends string> {
  label: string;
  choices: readonly Choice<Id>[];
  chosen: Id;
  onChoose(id: Id): void;
}

/** One of a few: native radio buttons, drawn as one row. */
export function Segmented<Id extends string>({ label, choices, chosen, onChoose }: Props<Id>) {
  const group = useId();
  return (
    <div role="radiogroup" aria-label={label} className={styles.group}>
      {choices.map((choice) => (
        <label key={choice.id} className={styles.choice}>
          <input
            type="radio"
            name={group}
            value={choice.id}
            checked={choice.id === chosen}
            onChange={() => onChoose(choice.id)}
          />
          <span>{choice.name}</span>
        </label>
      ))}
    </div>
  );
}
