import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { useT } from "../../i18n/I18n";
import { PAD } from "../../store/picture";
import { type PadPoint, stroked } from "../../viz/pen";
import styles from "./Digits.module.css";
import { PictureCanvas } from "./PictureCanvas";
import type { Drawing } from "./useDrawing";

const MOVES: Readonly<Record<string, PadPoint>> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
};

/** The pad: drawn on with a mouse, a finger or a pen, or with the arrow keys, where space lowers and lifts the pen. */
export function Pad({ drawing }: { drawing: Drawing }) {
  const t = useT();
  const last = useRef<PadPoint | null>(null);
  const [cursor, setCursor] = useState<PadPoint>({ x: PAD / 2, y: PAD / 4 });
  const [isDown, setDown] = useState(false);
  const [hasFocus, setFocus] = useState(false);

  const at = (event: PointerEvent<HTMLElement>): PadPoint => {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * PAD,
      y: ((event.clientY - box.top) / box.height) * PAD,
    };
  };
  const begin = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture?.(event.pointerId);
    const point = at(event);
    last.current = point;
    drawing.keep();
    drawing.put(stroked(drawing.pixels, PAD, point, point));
  };
  const go = (event: PointerEvent<HTMLElement>) => {
    if (last.current === null) return;
    const point = at(event);
    drawing.put(stroked(drawing.pixels, PAD, last.current, point));
    last.current = point;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (event.key === " " || event.key === "Enter") {
      if (!isDown) {
        drawing.keep();
        drawing.put(stroked(drawing.pixels, PAD, cursor, cursor));
      }
      setDown(!isDown);
    } else if (move !== undefined) {
      const inside = (value: number) => Math.max(0.5, Math.min(PAD - 0.5, value));
      const to = { x: inside(cursor.x + move.x), y: inside(cursor.y + move.y) };
      setCursor(to);
      if (isDown) drawing.put(stroked(drawing.pixels, PAD, cursor, to));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      role="application"
      aria-label={t("digits.pad")}
      aria-roledescription={t("digits.pad.role")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn on with the keyboard, too
      tabIndex={0}
      className={styles.pad}
      onPointerDown={begin}
      onPointerMove={go}
      onPointerUp={() => {
        last.current = null;
      }}
      onPointerCancel={() => {
        last.current = null;
      }}
      onKeyDown={onKeyDown}
      onFocus={(event) => setFocus(event.currentTarget.matches(":focus-visible"))}
      onBlur={() => {
        setFocus(false);
        setDown(false);
      }}
    >
      <PictureCanvas pixels={drawing.pixels} side={PAD} />
      {hasFocus && (
        <i
          className={styles.cursor}
          data-down={isDown || undefined}
          style={{ left: `${(100 * cursor.x) / PAD}%`, top: `${(100 * cursor.y) / PAD}%` }}
        />
      )}
    </div>
  );
}
