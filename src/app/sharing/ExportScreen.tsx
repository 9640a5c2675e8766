import { useEffect, useMemo, useState } from "react";
import { useColourTheme } from "../../components/useColourTheme";
import type { Figure } from "../../export/figure";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { afterPaint } from "./afterPaint";
import { ExportPreview } from "./ExportPreview";
import { PICTURES } from "./exportFiles";
import { pngName } from "./pngName";
import { SaveButtons } from "./SaveButtons";
import styles from "./Sharing.module.css";
import { type About, type ScreenView, screenViewFigure } from "./screenViews";
import type { Save } from "./useSaved";

interface Props {
  view: ScreenView;
  /** The model and the text, for the caption. */
  about: About;
  nameOf(extension: string): string;
  save: Save;
}

/** A view of the page as a figure, in the theme that the page has. It is read from the page once the dialog is there. */
export function ExportScreen({ view, about, nameOf, save }: Props) {
  const t = useT();
  const theme = useColourTheme();
  const { model, text } = about;
  const read = useMemo(() => {
    let made: Figure | null = null;
    return () => {
      made ??= screenViewFigure(view, { model, text }, t, theme);
      return made;
    };
  }, [view, model, text, t, theme]);
  const [figure, setFigure] = useState<Figure | null>(null);
  useEffect(() => {
    setFigure(null);
    return afterPaint(() => setFigure(read()));
  }, [read]);
  return (
    <section className={styles.group}>
      <h3>
        <T id="export.figure" />
      </h3>
      {figure !== null && <ExportPreview figure={figure} caption={view.name} />}
      <SaveButtons
        kinds={PICTURES}
        from={() => ({ figure: read() })}
        names={figure === null ? {} : { png: pngName(figure, t) }}
        nameOf={nameOf}
        save={save}
      />
      <p className={styles.hint}>
        <T id="export.screen.hint" />
      </p>
    </section>
  );
}
