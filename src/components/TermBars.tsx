import { type ReactNode, useRef, useState } from "react";
import { visibleRows } from "../viz/extent";
import { BarRow } from "./BarRow";
import { Disclosure } from "./Disclosure";
import styles from "./TermBars.module.css";
import { TokenLabel } from "./TokenLabel";

export interface TermBar {
  readonly id: string;
  readonly name: string;
  /** Said beside the name where another row has the same. */
  readonly place: number | null;
  readonly value: number;
  /** The numbers that were multiplied, or "". */
  readonly factors: string;
}

interface Props {
  /** Accessible name. */
  label: string;
  /** What opens the rest of the list. */
  all: string;
  /** Largest first. */
  rows: readonly TermBar[];
}

const SHOWN = 9;
/** Longer names are cut, so that bars keep their room; in ems. */
const WIDEST = 15;
const ROW = 20;
const HEIGHT = 320;

/** The terms of a sum as bars from one zero: the largest at once, all of them behind a disclosure. */
export function TermBars({ label, all, rows }: Props) {
  const values = rows.map((row) => row.value).filter(Number.isFinite);
  const from = values.reduce((least, value) => Math.min(least, value), 0);
  const to = values.reduce((most, value) => Math.max(most, value), 0);
  const widest = Math.max(2, ...rows.slice(0, SHOWN).map((row) => breadth(`${row.name}${row.place ?? ""}`)));
  const name = `${Math.min(WIDEST, widest)}em`;
  return (
    <div className={styles.bars} style={{ "--name": name }}>
      <ul aria-label={label}>
        {rows.slice(0, SHOWN).map((row, rank) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its rank: what takes it changes under the pointer
          <BarRow key={rank} name={nameOf(row)} value={row.value} from={from} to={to} />
        ))}
      </ul>
      {rows.length > SHOWN && (
        <Disclosure name={all}>
          <AllTerms label={all} rows={rows} from={from} to={to} />
        </Disclosure>
      )}
    </div>
  );
}

function nameOf({ name, place }: TermBar): ReactNode {
  return place === null ? name : <TokenLabel text={name} position={place} as="entry" />;
}

/** About how wide a name is, in ems. */
function breadth(name: string): number {
  return [...name].reduce((sum, character) => sum + (character > "\u2e80" ? 1 : 0.58), 0.4);
}

interface AllProps {
  label: string;
  rows: readonly TermBar[];
  from: number;
  to: number;
}

function AllTerms({ label, rows, from, to }: AllProps) {
  const box = useRef<HTMLUListElement>(null);
  const [scrolled, setScrolled] = useState(0);
  const shown = visibleRows(rows.length, ROW, scrolled, HEIGHT, 6);
  return (
    <ul
      ref={box}
      aria-label={label}
      className={styles.all}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={() => setScrolled(box.current?.scrollTop ?? 0)}
    >
      <li aria-hidden="true" style={{ height: shown.from * ROW }} />
      {rows.slice(shown.from, shown.to).map((row) => (
        <BarRow key={row.id} name={nameOf(row)} value={row.value} from={from} to={to} factors={row.factors} />
      ))}
      <li aria-hidden="true" style={{ height: (rows.length - shown.to) * ROW }} />
    </ul>
  );
}
