import type { MouseEvent } from "react";
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
  onLook(): void;
  onFocus(): void;
  onChoose(event: MouseEvent): void;
}

/** One token with its position. */
export function TokenChip({ token, position, role, isStop, onLook, onFocus, onChoose }: Props) {
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
      onPointerEnter={onLook}
      onFocus={onFocus}
      onClick={onChoose}
    >
      <bdi>{text}</bdi> <sup>{position}</sup>
    </button>
  );
}
