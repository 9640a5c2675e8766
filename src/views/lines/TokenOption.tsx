import { memo } from "react";
import { TokenLabel } from "../../components/TokenLabel";
import { isLong } from "../../viz/tokenText";
import styles from "./Lines.module.css";

interface Props {
  id: string;
  text: string;
  /** Its place, said where another one looks the same. */
  twin: number | null;
  /** What is said of its share. */
  spoken: string;
  place: number;
  isOn: boolean;
  isAt: boolean;
  special: boolean;
}

/** One token of a side. Drawn again only when its own state changes. */
export const TokenOption = memo(function TokenOption(props: Props) {
  const { id, text, twin, spoken, place, isOn, isAt, special } = props;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list takes the focus and points at its option
    <div
      id={id}
      role="option"
      aria-selected={isOn}
      aria-label={[text, twin, spoken].filter((part) => part !== null).join(" ")}
      className={styles.unit}
      data-unit={place}
      data-on={isOn || undefined}
      data-at={isAt || undefined}
      data-special={special || undefined}
      data-long={isLong(text) || undefined}
    >
      <TokenLabel text={text} position={twin} as="entry" />
    </div>
  );
});
