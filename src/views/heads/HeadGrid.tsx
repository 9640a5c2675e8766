import { type CSSProperties, type MouseEvent, type PointerEvent, useId, useRef } from "react";
import { ColumnHeader, Grid, GridCell, GridRow, RowHeader } from "../../components/gridParts";
import { useGridKeys } from "../../components/useGridKeys";
import { useSize } from "../../components/useSize";
import { useT } from "../../i18n/I18n";
import { useLooked, useSession, useSessionStore } from "../../store/SessionContext";
import type { Selection } from "../../store/selection";
import { tileSize } from "../../viz/thumbnails";
import styles from "./HeadGrid.module.css";
import type { HeadRow } from "./headRows";
import { headName, layerCode } from "./names";
import { ThumbnailCanvas } from "./ThumbnailCanvas";

/** Room for the layers' names, and the largest thumbnail, in CSS pixels. */
const SIDE = 23;
const LARGEST = 44;

interface Props {
  rows: readonly HeadRow[];
  /** Heads that are not among those that were asked for, as "site head". */
  faded: ReadonlySet<string>;
}

/** All heads, layers down and heads across. Arrow keys walk it; pointing looks, a click chooses. */
export function HeadGrid({ rows, faded }: Props) {
  const t = useT();
  const id = useId();
  const store = useSessionStore();
  const selection = useSession((session) => session.selection);
  const looked = useLooked();
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame, { width: 244, height: 0 });
  const most = Math.max(1, ...rows.map((row) => row.heads.length));
  const gap = most > 8 ? 2 : 5;
  const tile = tileSize(width - SIDE, most, gap, LARGEST, window.devicePixelRatio);
  const at = { row: rowIndex(rows, selection), column: selection.head };

  const choose = (place: { row: number; column: number }) => {
    const change = selectionOf(rows, place.row, place.column);
    if (change !== null) store.getState().select(change);
  };
  const onKeyDown = useGridKeys(at, { rows: rows.length, columns: most }, choose, choose);
  const under = (event: MouseEvent | PointerEvent) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-head]") : null;
    const [row, column] = cell?.dataset.head?.split(" ").map(Number) ?? [];
    return row === undefined || column === undefined ? null : selectionOf(rows, row, column);
  };
  const size: CSSProperties = { "--tile": `${tile}px`, "--gap": `${gap}px`, "--heads": most };
  return (
    <div ref={frame} className={styles.frame} style={size}>
      <Grid
        aria-label={t("heads.grid")}
        aria-activedescendant={`${id}-${at.row}-${at.column}`}
        className={styles.grid}
        onKeyDown={onKeyDown}
        onPointerOver={(event) => store.getState().look(under(event))}
        onPointerLeave={() => store.getState().look(null)}
        onClick={(event) => {
          const change = under(event);
          if (change === null) return;
          store.getState().look(null);
          store.getState().select(change);
        }}
      >
        <ThumbnailCanvas rows={rows} tile={tile} gap={gap} />
        <GridRow className={styles.row}>
          <ColumnHeader>
            <span className="spoken">{t("heads.layer")}</span>
          </ColumnHeader>
          {Array.from({ length: most }, (_, head) => head).map((head) => (
            <ColumnHeader key={head}>{head}</ColumnHeader>
          ))}
        </GridRow>
        {rows.map((row, index) => (
          <GridRow key={row.site} className={styles.row}>
            <RowHeader>{layerCode(t, row)}</RowHeader>
            {row.heads.map((_, head) => {
              const isLooked = head === looked.head && index === rowIndex(rows, looked);
              return (
                <GridCell
                  // biome-ignore lint/suspicious/noArrayIndexKey: a head is its number
                  key={head}
                  id={`${id}-${index}-${head}`}
                  aria-label={headName(t, row, head)}
                  aria-selected={index === at.row && head === at.column}
                  data-head={`${index} ${head}`}
                  data-looked={isLooked || undefined}
                  data-faded={faded.has(`${row.site} ${head}`) || undefined}
                  className={styles.head}
                />
              );
            })}
          </GridRow>
        ))}
      </Grid>
    </div>
  );
}

function rowIndex(rows: readonly HeadRow[], { stack, attention, layer }: Selection): number {
  return rows.findIndex((row) => row.stack === stack && row.attention === attention && row.layer === layer);
}

function selectionOf(rows: readonly HeadRow[], index: number, column: number): Partial<Selection> | null {
  const row = rows[index];
  if (row === undefined) return null;
  const { stack, attention, layer, heads } = row;
  return { stack, attention, layer, head: Math.min(column, heads.length - 1) };
}
