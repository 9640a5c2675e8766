import { useT } from "../../i18n/I18n";
import { BLANK, PAD } from "../../store/picture";
import { useSamples } from "../../store/useSamples";
import styles from "./Digits.module.css";
import { PictureCanvas } from "./PictureCanvas";
import type { Drawing } from "./useDrawing";

/** Undo, clear, and digits to begin with. */
export function PadTools({ drawing }: { drawing: Drawing }) {
  const t = useT();
  const samples = useSamples();
  const isBlank = drawing.pixels.every((ink) => ink === 0);
  const replace = (pixels: Uint8Array) => {
    drawing.keep();
    drawing.put(pixels);
  };
  return (
    <>
      <div className={styles.tools}>
        <button type="button" disabled={!drawing.canUndo} onClick={drawing.undo}>
          {t("digits.undo")}
        </button>
        <button type="button" disabled={isBlank} onClick={() => replace(Uint8Array.from(BLANK.data))}>
          {t("digits.clear")}
        </button>
      </div>
      {samples.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form; these buttons act at once
        <div role="group" aria-label={t("digits.samples")} className={styles.samples}>
          {samples.map(({ label, pixels }) => (
            <button
              key={label}
              type="button"
              aria-label={t("digits.sample", { label })}
              onClick={() => replace(pixels)}
            >
              <PictureCanvas pixels={pixels} side={PAD} />
            </button>
          ))}
        </div>
      )}
    </>
  );
}
