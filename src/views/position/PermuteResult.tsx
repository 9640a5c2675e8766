import { useMemo } from "react";
import { patternGap, putBack } from "../../analysis/permutation";
import { AxisNote } from "../../components/AxisNote";
import type { Cell, MatrixFigure } from "../../components/matrixFigure";
import { PatternGrid } from "../../components/PatternGrid";
import { TransposeBox } from "../../components/TransposeBox";
import { first } from "../../engine/tensor";
import type { Token } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { patternSite } from "../../store/follow";
import { useLooked, useSession, useSessionStore } from "../../store/SessionContext";
import { useSettings } from "../../store/SettingsContext";
import { number, raised } from "../../viz/format";
import { tokenText } from "../../viz/tokenText";
import { twinPlace } from "../../viz/twins";
import styles from "./Position.module.css";
import type { Permutation } from "./usePermutation";

/** Two patterns that differ by no more than this are the same: 32-bit numbers added in another order. */
const ROUNDING = 1e-4;
/** Keeps a place from being read as a part of its token. */
const THIN = "\u2009";

/** The patterns before and after, the second one put back in order, and whether they agree. */
export function PermuteResult({ permutation, expected }: { permutation: Permutation; expected: boolean }) {
  const t = useT();
  const store = useSessionStore();
  const selection = useSession((session) => session.selection);
  const looked = useLooked();
  const transpose = useSettings((settings) => settings.transpose);
  const set = useSettings((settings) => settings.set);
  const { original, permuted, tokens } = permutation;
  const site = patternSite({ ...looked, attention: "attn" });
  const before = original?.sites[site];
  const after = permuted?.sites[site];
  const gap = useMemo(
    () => (before === undefined || after === undefined ? null : patternGap(before, after, tokens)),
    [before, after, tokens],
  );
  if (original === null || permuted === null || before === undefined || after === undefined || gap === null) {
    return (
      <p className={styles.wait}>
        {permuted === null ? (
          <T id="position.try" />
        ) : original === null ? (
          <T id="position.wait" />
        ) : (
          <T id="position.long" values={{ count: tokens.length }} />
        )}
      </p>
    );
  }
  const place = tokens.map((_, at) => tokens.indexOf(at));
  const size = tokens.length;
  const back = putBack(first(after, looked.head).data, tokens);
  const figure = (data: Float32Array, order: readonly number[]): MatrixFigure => {
    const labels = order.map((at) => typedLabel(original.tokens, at));
    return {
      matrix: { data, rows: size, columns: size },
      rows: { role: "query", name: t("position.axis.query"), labels },
      columns: { role: "key", name: t("position.axis.key"), labels },
      kind: "sequential",
      limit: 1,
    };
  };
  const straight = tokens.map((_, at) => at);
  const panels = [
    {
      id: "original",
      figure: figure(first(before, looked.head).data, straight),
      order: straight,
      to: straight,
    },
    { id: "permuted", figure: figure(first(after, looked.head).data, tokens), order: tokens, to: place },
    { id: "back", figure: figure(back, straight), order: straight, to: straight },
  ] as const;
  const holds = gap <= ROUNDING;
  return (
    <>
      <p className={styles.verdict} data-holds={holds || undefined} role="status">
        <T
          id={holds ? "position.holds" : expected ? "position.failsOddly" : "position.fails"}
          values={{ layer: looked.layer }}
          components={{ gap: <b>{number(gap)}</b> }}
        />
      </p>
      <div className={styles.panels}>
        {panels.map(({ id, figure: drawn, order, to }) => {
          const cell = ({ query, key }: { query: number; key: number }): Cell => ({
            row: to[query] ?? 0,
            column: to[key] ?? 0,
          });
          const pair = ({ row, column }: Cell) => ({ query: order[row] ?? 0, key: order[column] ?? 0 });
          return (
            <figure key={id}>
              <figcaption>{t(`position.panel.${id}`)}</figcaption>
              <PatternGrid
                label={t(`position.panel.${id}`)}
                figure={drawn}
                transpose={transpose}
                selected={cell(selection)}
                looked={cell(looked)}
                onLook={(at) => store.getState().look(at && pair(at))}
                onLock={(at) => store.getState().lock(pair(at))}
                onMove={(at) => store.getState().select(pair(at))}
              />
              <AxisNote transpose={transpose} />
            </figure>
          );
        })}
      </div>
      <div data-spare={3}>
        <TransposeBox checked={transpose} onChange={(next) => set({ transpose: next })} />
      </div>
    </>
  );
}

/** A token with the place where it was typed, if another one looks the same: wherever it stands now, it is known again. */
function typedLabel(tokens: readonly Token[], at: number): string {
  const text = tokenText(tokens[at]?.text ?? "");
  const place = twinPlace(tokens, at);
  return place === null ? text : `${text}${THIN}${raised(String(place))}`;
}
