import type { ReactNode } from "react";
import { number } from "../../../viz/format";
import styles from "./Parts.module.css";

export interface Fact {
  readonly name: string;
  /** One for each column; null where there is none. */
  readonly values: readonly (number | string | null)[];
}

interface Props {
  label: string;
  /** What stands over the numbers; none over a single unnamed column. */
  columns: readonly ReactNode[];
  facts: readonly Fact[];
}

/** Numbers beside each other: one row for each fact, one column for each way of running it. */
export function FactTable({ label, columns, facts }: Props) {
  return (
    <div className={styles.scrolling} data-spare={1}>
      <table aria-label={label} className={styles.facts}>
        <thead>
          <tr>
            <td />
            {columns.map((column, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never change places
              <th key={at} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {facts.map(({ name, values }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {values.map((value, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never change places
                <td key={at}>{typeof value === "number" ? number(value) : (value ?? "–")}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
