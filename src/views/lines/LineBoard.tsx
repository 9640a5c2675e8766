import { useDeferredValue, useMemo } from "react";
import axes from "../../components/axes.module.css";
import { useT } from "../../i18n/I18n";
import { useLooked, useSessionStore } from "../../store/SessionContext";
import { percent } from "../../viz/format";
import { type Focus, isInFocus, type Side } from "./focus";
import styles from "./Lines.module.css";
import { LinesCanvas } from "./LinesCanvas";
import { TokenSide } from "./TokenSide";
import { type Unit, unitAt } from "./units";
import type { LinesModel } from "./useLines";

interface Props {
  model: LinesModel;
  focus: Focus | null;
  /** Attention between the tokens in focus and those of the other side. */
  shares: Float32Array;
  onHover(focus: Focus | null): void;
  onClick(side: Side, unit: number): void;
}

/** Longer texts stand closer, so that a page can hold them. */
const PITCHES = [
  { upTo: 64, pitch: 24 },
  { upTo: 160, pitch: 20 },
  { upTo: Number.POSITIVE_INFINITY, pitch: 16 },
] as const;

/** Queries on the left, keys on the right, and every line between them. */
export function LineBoard({ model, focus, shares, onHover, onClick }: Props) {
  const t = useT();
  const store = useSessionStore();
  const looked = useLooked();
  const { queries, keys, heads, drawn, lines } = model;
  const longest = Math.max(queries.length, keys.length);
  const pitch = PITCHES.find(({ upTo }) => longest <= upTo)?.pitch ?? 16;
  const colours = useMemo(() => drawn.map((head) => heads.indexOf(head)), [drawn, heads]);
  const near = useMemo(
    () => (focus === null ? [] : lines.filter((line) => isInFocus(line, focus))),
    [lines, focus],
  );
  const sizes = { colours, pitch, tokens: longest };
  const from = focus?.side ?? "query";
  const largest = Math.max(1e-6, ...shares);
  const relative = useMemo(() => shares.map((share) => share / largest), [shares, largest]);
  // Nobody hears the shares of a token that the pointer only passes.
  const said = useDeferredValue(shares);

  const side = (name: Side, units: readonly Unit[]) => {
    const place = (unit: number) => ({ [name]: units[unit]?.pieces.at(-1) ?? 0 });
    const isGiven = name !== from;
    return (
      <div className={styles.column}>
        <p className={`${styles.axis} ${axes[name]}`}>{t(`lines.${name}`)}</p>
        <TokenSide
          side={name}
          label={t(`lines.tokens.${name}`)}
          units={units}
          at={unitAt(units, looked[name])}
          focus={focus}
          pitch={pitch}
          shares={isGiven ? relative : null}
          spoken={(unit) => (isGiven ? percent(said[unit] ?? 0) : "")}
          onLook={(unit) => {
            onHover(unit === null ? null : { side: name, units: [unit] });
            store.getState().look(unit === null ? null : place(unit));
          }}
          onClick={(unit) => {
            onClick(name, unit);
            store.getState().lock(place(unit));
          }}
          onMove={(unit) => store.getState().select(place(unit))}
        />
      </div>
    );
  };
  return (
    <div className={styles.board}>
      {side("query", queries)}
      <div className={styles.between}>
        <p aria-hidden="true" className={styles.axis}>
          {t("lines.direction")}
        </p>
        <div className={styles.layers}>
          <LinesCanvas {...sizes} lines={lines} isAside={focus !== null} />
          {focus !== null && <LinesCanvas {...sizes} lines={near} isAside={false} />}
        </div>
      </div>
      {side("key", keys)}
    </div>
  );
}
