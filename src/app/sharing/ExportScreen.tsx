import { useMemo } from "react";
import { useColourTheme } from "../../components/useColourTheme";
import { pngOf } from "../../export/png";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { ExportPreview } from "./ExportPreview";
import { pngName } from "./pngName";
import styles from "./Sharing.module.css";
import { type About, type ScreenView, screenViewSvg } from "./screenViews";
import type { Save } from "./useSaved";

interface Props {
  view: ScreenView;
  /** The model and the text, for the caption. */
  about: About;
  nameOf(extension: string): string;
  save: Save;
}

/** A view of the page as a figure, in the theme that the page has. */
export function ExportScreen({ view, about, nameOf, save }: Props) {
  const t = useT();
  const theme = useColourTheme();
  const { model, text } = about;
  const svg = useMemo(() => screenViewSvg(view, { model, text }, t, theme), [view, model, text, t, theme]);
  return (
    <section className={styles.group}>
      <h3>
        <T id="share.export.figure" />
      </h3>
      <ExportPreview svg={svg} caption={view.name} />
      <div className={styles.row}>
        <button
          type="button"
          className={styles.button}
          onClick={() => save(nameOf("png"), "image/png", () => pngOf(svg))}
        >
          {pngName(svg, t)}
        </button>
        <button
          type="button"
          className={styles.button}
          onClick={() => save(nameOf("svg"), "image/svg+xml", () => svg)}
        >
          {t("share.export.svg")}
        </button>
      </div>
      <p className={styles.hint}>
        <T id="share.export.screen.hint" />
      </p>
    </section>
  );
}
