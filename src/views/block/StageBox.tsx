import { useSessionStore } from "../../store/SessionContext";
import type { Selection } from "../../store/selection";
import type { Rect } from "../../viz/wiring";
import styles from "./Block.module.css";

interface Props {
  rect: Rect;
  name: string;
  tone: "heads" | "mlp" | "norm";
  /** What a click selects. */
  opens: Partial<Selection>;
}

/** A part of a block: a button that opens its stage. */
export function StageBox({ rect, name, tone, opens }: Props) {
  const store = useSessionStore();
  const open = () => store.getState().select(opens);
  return (
    // biome-ignore lint/a11y/useSemanticElements: an HTML button cannot stand in a drawing
    <g
      role="button"
      tabIndex={0}
      aria-label={name}
      className={`${styles.box} ${styles[tone]}`}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        open();
      }}
    >
      <rect {...rect} rx={6} />
      <text x={rect.x + rect.width / 2} y={rect.y + rect.height / 2}>
        {name}
      </text>
    </g>
  );
}
