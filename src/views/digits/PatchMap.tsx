import { type MouseEvent, type PointerEvent, useId } from "react";
import { Grid, GridCell, GridRow } from "../../components/gridParts";
import { useGridKeys } from "../../components/useGridKeys";
import { useT } from "../../i18n/I18n";
import { PAD } from "../../store/picture";
import { useSessionStore } from "../../store/SessionContext";
import { percent, short } from "../../viz/format";
import styles from "./Digits.module.css";
import { largest, type PatchGrid } from "./imageFacts";
import { PictureCanvas } from "./PictureCanvas";

interface Props {
  pixels: Uint8Array;
  grid: PatchGrid;
  /** What the query gives to each position, [CLS] first. */
  row: Float32Array;
  /** Position of the chosen query, and of the one that is looked at. */
  selected: number;
  looked: number;
}

/** The image in its patches, each tinted by the attention that it gets from the looked patch. */
export function PatchMap({ pixels, grid, row, selected, looked }: Props) {
  const t = useT();
  const id = useId();
  const store = useSessionStore();
  const most = Math.max(...row, Number.MIN_VALUE);
  const strongest = largest(row);
  const { rows, columns } = grid;
  const place = Math.max(0, selected - 1);
  const at = { row: Math.floor(place / columns), column: place % columns };
  const choose = (cell: { row: number; column: number }) =>
    store.getState().lock({ query: 1 + cell.row * columns + cell.column });
  const onKeyDown = useGridKeys(at, { rows, columns }, choose, choose);
  const under = (event: PointerEvent | MouseEvent) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-patch]") : null;
    return cell === null ? null : Number(cell.dataset.patch);
  };
  const cellOf = (position: number) => ({
    "data-query": position === looked || undefined,
    "data-key": position === strongest || undefined,
    style: { "--share": (row[position] ?? 0) / most },
  });
  return (
    <div className={styles.map}>
      <button
        type="button"
        className={styles.cls}
        aria-pressed={looked === 0}
        aria-label={t("digits.cls", { share: percent(row[0] ?? 0) })}
        {...cellOf(0)}
        onPointerEnter={() => store.getState().look({ query: 0 })}
        onPointerLeave={() => store.getState().look(null)}
        onClick={() => store.getState().lock({ query: 0 })}
      >
        [CLS] <span>{short(row[0] ?? 0)}</span>
      </button>
      <Grid
        aria-label={t("digits.map")}
        aria-activedescendant={`${id}-${1 + at.row * columns + at.column}`}
        className={styles.patches}
        style={{ "--columns": columns }}
        onKeyDown={onKeyDown}
        onPointerOver={(event) => {
          const query = under(event);
          store.getState().look(query === null ? null : { query });
        }}
        onPointerLeave={() => store.getState().look(null)}
        onClick={(event) => {
          const query = under(event);
          if (query !== null) store.getState().lock({ query });
        }}
      >
        <PictureCanvas pixels={pixels} side={PAD} />
        {Array.from({ length: rows }, (_, r) => r).map((r) => (
          <GridRow key={r} className={styles.patchRow}>
            {Array.from({ length: columns }, (_, c) => 1 + r * columns + c).map((position, c) => (
              <GridCell
                key={position}
                id={`${id}-${position}`}
                data-patch={position}
                aria-selected={position === selected}
                aria-label={t("digits.patch", { row: r, column: c, share: percent(row[position] ?? 0) })}
                className={styles.patch}
                {...cellOf(position)}
              >
                {short(row[position] ?? 0)}
              </GridCell>
            ))}
          </GridRow>
        ))}
      </Grid>
    </div>
  );
}
