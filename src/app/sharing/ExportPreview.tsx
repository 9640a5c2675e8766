import { useEffect, useMemo, useRef } from "react";
import type { Figure } from "../../export/figure";
import { paintFigure } from "../../export/paintFigure";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { afterPaint } from "./afterPaint";
import { previewSize } from "./previewSize";
import styles from "./Sharing.module.css";

interface Props {
  figure: Figure;
  caption: string;
}

/** The figure as it will be saved, or its beginning, painted bit by bit once the dialog is there. */
export function ExportPreview({ figure, caption }: Props) {
  const t = useT();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, scale, isWhole } = useMemo(() => previewSize(figure), [figure]);
  useEffect(() => {
    const target = canvas.current;
    if (target === null) return;
    const end = new AbortController();
    const density = scale * Math.min(2, devicePixelRatio);
    target.width = Math.floor((width / scale) * density);
    target.height = Math.floor((height / scale) * density);
    const cancel = afterPaint(() => {
      // A preview that cannot be painted stays empty; saving says why.
      paintFigure(figure, target, density, { signal: end.signal, report: () => undefined }).catch(
        () => undefined,
      );
    });
    return () => {
      cancel();
      end.abort();
    };
  }, [figure, width, height, scale]);
  return (
    <>
      <canvas
        ref={canvas}
        role="img"
        aria-label={t("export.preview", { caption })}
        className={styles.picture}
        style={{ width, aspectRatio: `${width} / ${height}` }}
      />
      {!isWhole && (
        <p className={styles.hint}>
          <T id="export.part" values={{ width: figure.width, height: figure.height }} />
        </p>
      )}
    </>
  );
}
