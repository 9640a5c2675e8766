import { type KeyboardEvent, type MouseEvent, type PointerEvent, useEffect, useId, useRef } from "react";
import { twinPlace } from "../../viz/twins";
import type { Focus, Side } from "./focus";
import styles from "./Lines.module.css";
import { ShareBars } from "./ShareBars";
import { TokenOption } from "./TokenOption";
import type { Unit } from "./units";

interface Props {
  side: Side;
  /** Accessible name. */
  label: string;
  units: readonly Unit[];
  /** The selected one: where the arrow keys are. */
  at: number;
  focus: Focus | null;
  pitch: number;
  /** Share of the gathered attention per unit, 0…1, drawn behind it; null on the side that it comes from. */
  shares: Float32Array | null;
  /** What is said of a unit's share. */
  spoken(unit: number): string;
  onLook(unit: number | null): void;
  onClick(unit: number): void;
  onMove(unit: number): void;
}

/** The tokens on one side: a list that can be pointed at, clicked and walked with the arrow keys. */
export function TokenSide(props: Props) {
  const { side, label, units, at, focus, pitch, shares, spoken, onLook, onClick, onMove } = props;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const walked = useRef(false);
  useEffect(() => {
    if (!walked.current) return;
    walked.current = false;
    list.current?.querySelector(`[data-unit="${at}"]`)?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") onClick(at);
    else {
      const to = target(event.key, at, units.length - 1);
      if (to === null) return;
      walked.current = true;
      onMove(to);
      onLook(to);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const isOn = (unit: number) => focus?.side === side && focus.units.includes(unit);
  return (
    <div
      ref={list}
      role="listbox"
      aria-label={label}
      aria-multiselectable="true"
      aria-activedescendant={units[at] === undefined ? undefined : `${id}-${at}`}
      tabIndex={0}
      className={styles.side}
      data-side={side}
      style={{ "--pitch": `${pitch}px` }}
      onKeyDown={onKeyDown}
      onBlur={() => onLook(null)}
      onPointerOver={(event) => {
        const unit = unitUnder(event);
        if (unit !== null && event.pointerType !== "touch") onLook(unit);
      }}
      onPointerLeave={() => onLook(null)}
      onClick={(event) => {
        const unit = unitUnder(event);
        if (unit !== null) onClick(unit);
      }}
    >
      {shares !== null && <ShareBars shares={shares} />}
      {units.map((unit, place) => (
        <TokenOption
          key={unit.name}
          id={`${id}-${place}`}
          text={unit.text}
          twin={twinPlace(units, place)}
          spoken={spoken(place)}
          place={place}
          isOn={isOn(place)}
          isAt={place === at}
          special={unit.special}
        />
      ))}
    </div>
  );
}

function unitUnder(event: PointerEvent | MouseEvent): number | null {
  const found = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-unit]") : null;
  return found === null ? null : Number(found.dataset.unit);
}

function target(key: string, at: number, last: number): number | null {
  if (key === "ArrowDown") return Math.min(at + 1, last);
  if (key === "ArrowUp") return Math.max(at - 1, 0);
  if (key === "Home") return 0;
  return key === "End" ? last : null;
}
