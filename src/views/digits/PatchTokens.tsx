import { useT } from "../../i18n/I18n";
import { PAD } from "../../store/picture";
import { useSessionStore } from "../../store/SessionContext";
import styles from "./Digits.module.css";
import type { PatchGrid } from "./imageFacts";
import { PictureCanvas } from "./PictureCanvas";

interface Props {
  pixels: Uint8Array;
  grid: PatchGrid;
  looked: number;
}

/** The image as the model reads it: its patches one after the other, row by row, after the class token. */
export function PatchTokens({ pixels, grid: { rows, columns }, looked }: Props) {
  const t = useT();
  const store = useSessionStore();
  const width = PAD / columns;
  const height = PAD / rows;
  const partOf = (patch: number) => ({
    x: Math.floor((patch % columns) * width),
    y: Math.floor(Math.floor(patch / columns) * height),
    width: Math.floor(width),
    height: Math.floor(height),
  });
  return (
    <ol aria-label={t("digits.tokens")} className={styles.tokens}>
      <li>
        <button type="button" aria-pressed={looked === 0} onClick={() => store.getState().lock({ query: 0 })}>
          [CLS]
        </button>
      </li>
      {Array.from({ length: rows * columns }, (_, patch) => patch).map((patch) => (
        <li key={patch}>
          <button
            type="button"
            aria-pressed={looked === patch + 1}
            aria-label={t("digits.token", { row: Math.floor(patch / columns), column: patch % columns })}
            onClick={() => store.getState().lock({ query: patch + 1 })}
          >
            <PictureCanvas pixels={pixels} side={PAD} part={partOf(patch)} />
          </button>
        </li>
      ))}
    </ol>
  );
}
