import type { ReactNode } from "react";
import axes from "../../components/axes.module.css";
import type { AxisRole } from "../../components/matrixFigure";
import { useColourTheme } from "../../components/useColourTheme";
import { VectorStrip } from "../../components/VectorStrip";
import { useT } from "../../i18n/I18n";
import { useLooked, useSessionStore } from "../../store/SessionContext";
import { number, signed } from "../../viz/format";
import { largestOf } from "../../viz/heatmap";
import { fillOf, inkOn, rampOf } from "../../viz/ramp";
import styles from "./Neuron.module.css";

export interface Part {
  readonly id: string;
  readonly name: string;
  readonly role: AxisRole;
  /** [d_head] */
  readonly values: Float32Array;
}

interface Props {
  title: string;
  /** Accessible name of the table. */
  label: string;
  /** What is multiplied, in the order of the formula. */
  parts: readonly Part[];
  result: Part;
  /** Another vector to compare with, as a strip alone. */
  beside?: Part | undefined;
  /** Dimensions in the order in which they are listed. */
  order: readonly number[];
  /** The sum of the result, or what else it ends in. */
  children: ReactNode;
}

/** Vectors multiplied dimension by dimension: as strips in one order, then number by number with a bar for each product. */
export function Dimensions({ title, label, parts, result, beside, order, children }: Props) {
  const t = useT();
  const store = useSessionStore();
  const { dimension } = useLooked();
  const ramp = rampOf("diverging", useColourTheme());
  const limit = largestOf(result.values) || 1;
  const strips = [...parts, result, ...(beside === undefined ? [] : [beside])];
  return (
    <div className={styles.dimensions}>
      <h3>{title}</h3>
      {strips.map(({ id, name, role, values }) => (
        <div key={id} className={styles.stripRow}>
          <span className={axes[role]}>{name}</span>
          <VectorStrip
            values={Float32Array.from(order, (d) => values[d] ?? 0)}
            label={t("neuron.strip", { name, count: values.length })}
          />
        </div>
      ))}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <div className={styles.box} tabIndex={0}>
        <table aria-label={label} className={styles.table}>
          <thead>
            <tr>
              <th scope="col">
                <span className="spoken">{t("neuron.dimension")}</span>
              </th>
              {parts.map(({ id, name, role }) => (
                <th key={id} scope="col" className={axes[role]}>
                  {name}
                </th>
              ))}
              <th scope="col" colSpan={2} className={axes[result.role]}>
                {result.name}
              </th>
            </tr>
          </thead>
          <tbody onPointerLeave={() => store.getState().look(null)}>
            {order.map((d) => {
              const product = result.values[d] ?? 0;
              return (
                <tr
                  key={d}
                  data-on={d === dimension || undefined}
                  onPointerEnter={() => store.getState().look({ dimension: d })}
                >
                  <th scope="row">d{d}</th>
                  {parts.map(({ id, values }) => {
                    const value = values[d] ?? 0;
                    const most = largestOf(values);
                    return (
                      <td
                        key={id}
                        className={styles.cell}
                        style={{ background: fillOf(ramp, value, most), color: inkOn(ramp, value, most) }}
                      >
                        {number(value)}
                      </td>
                    );
                  })}
                  <td className={styles.track} aria-hidden="true">
                    <i
                      data-sign={product < 0 ? "minus" : "plus"}
                      style={{ "--size": Math.abs(product) / limit }}
                    />
                  </td>
                  <td className={styles.product}>{signed(product)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {children}
    </div>
  );
}
