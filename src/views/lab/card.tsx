import type { ComponentType, ReactNode } from "react";
import type { MessageKey } from "../../i18n/areas";
import type { Switches } from "../../store/experiments";

/** What the experiments are about, in the order of the index. */
export const GROUPS = [
  "scores",
  "masks",
  "positions",
  "heads",
  "residual",
  "mechanisms",
  "analyses",
] as const;
export type Group = (typeof GROUPS)[number];

/** One thing that a reader can change about an experiment. */
export type Switch =
  | {
      readonly kind: "choice";
      readonly label: MessageKey;
      /** The name of each option, in the order that they are offered. */
      readonly options: Readonly<Record<string, MessageKey>>;
      readonly rest: string;
    }
  | {
      readonly kind: "number";
      readonly label: MessageKey;
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly rest: number;
      /** The value in words, where the number alone does not say it. */
      readonly text?: (value: number) => string;
      /** Values that have a name. */
      readonly names?: Readonly<Record<number, MessageKey>>;
    }
  /** Set in the figure itself: a sentence, a vector, a mask that was drawn. */
  | { readonly kind: "text"; readonly length: number; readonly rest: string };

export type SwitchTable = Readonly<Record<string, Switch>>;

type ValueOf<S extends Switch> = S extends { kind: "number" }
  ? number
  : S extends { kind: "choice"; options: infer O }
    ? keyof O & string
    : string;

export type ValuesOf<T extends SwitchTable> = { readonly [N in keyof T]: ValueOf<T[N]> };
export type Values = Readonly<Record<string, string | number>>;

/** What the figure of an experiment is given: where its switches stand, and how to move them. */
export interface FigureProps<T extends SwitchTable> {
  readonly values: ValuesOf<T>;
  set(change: Partial<ValuesOf<T>>): void;
}

/** An experiment: its switches, and the figure that they change. */
export interface Card {
  readonly switches: SwitchTable;
  figure(values: Values, set: (change: Values) => void): ReactNode;
}

/** An experiment from its switches and its figure, each knowing the other's types. */
export function card<const T extends SwitchTable>(switches: T, Figure: ComponentType<FigureProps<T>>): Card {
  return {
    switches,
    figure: (values, set) => (
      <Figure values={values as ValuesOf<T>} set={(change) => set(change as Values)} />
    ),
  };
}

/** Where the switches stand: what a link says that they can be, each at rest otherwise. */
export function readSwitches(table: SwitchTable, stored: Switches): Values {
  const entries = Object.entries(table).map(([name, each]) => [name, standsAt(each, stored[name])] as const);
  return Object.fromEntries(entries);
}

/** The switches as they are kept: those that are not at rest. */
export function keepSwitches(table: SwitchTable, values: Values): Switches {
  const moved = Object.entries(values).filter(([name, value]) => table[name] && value !== table[name].rest);
  return Object.fromEntries(moved.map(([name, value]) => [name, String(value)]));
}

function standsAt(each: Switch, stored: string | undefined): string | number {
  if (stored === undefined) return each.rest;
  switch (each.kind) {
    case "choice":
      return Object.hasOwn(each.options, stored) ? stored : each.rest;
    case "number": {
      const value = stored.trim() === "" ? Number.NaN : Number(stored);
      return Number.isNaN(value) ? each.rest : Math.min(each.max, Math.max(each.min, value));
    }
    case "text":
      return stored.slice(0, each.length);
    default:
      return each satisfies never;
  }
}
