import { type MouseEvent, memo } from "react";
import type { Token } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { tokenText } from "../../viz/tokenText";
import styles from "./Tokens.module.css";

interface Props {
  token: Token;
  position: number;
  role: "query" | "key" | null;
  /** Whether the tab key stops here. */
  isStop: boolean;
  onLook(position: number): void;
  onFocus(position: number): void;
  onChoose(position: number, event: MouseEvent): void;
}

/** One token with its position. Hundreds of them may be there: each is drawn again only when it changes. */
export const TokenChip = memo(function TokenChip(props: Props) {
  const { token, position, role, isStop, onLook, onFocus, onChoose } = props;
  const t = useT();
  const text = tokenText(token.text);
  const classes = [styles.token, token.special && styles.special, role === "query" && styles.query];
  return (
    <button
      type="button"
      className={[...classes, role === "key" && styles.key].filter(Boolean).join(" ")}
      aria-label={t(`prompt.token.${role ?? "plain"}`, { text, position })}
      aria-pressed={role !== null}
      tabIndex={isStop ? 0 : -1}
      onPointerEnter={() => onLook(position)}
      onFocus={() => onFocus(position)}
      onClick={(event) => onChoose(position, event)}
    >
      <bdi>{text}</bdi> <sup>{position}</sup>
    </button>
  );
});
