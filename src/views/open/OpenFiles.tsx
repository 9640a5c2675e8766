import { type ChangeEvent, useCallback, useId, useState } from "react";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useSessionStore } from "../../store/SessionContext";
import type { Dropped } from "./droppedFiles";
import styles from "./OpenFiles.module.css";
import { useDrop } from "./useDrop";

/** Not in React's list of attributes: the picker then takes a whole folder. */
const FOLDER = { webkitdirectory: "" };

/**
 * Opens a model folder or a trace file of the reader's own, by two pickers or by a drop anywhere on the page. What goes
 * wrong is said below the sentence, as for every run.
 */
export function OpenFiles() {
  const t = useT();
  const panel = useId();
  const store = useSessionStore();
  const [open, setOpen] = useState(false);
  const take = useCallback(
    ({ files, folder }: Dropped) => {
      setOpen(false);
      if (files.length > 0) void store.getState().openFiles(files, folder);
    },
    [store],
  );
  const isOver = useDrop(take);
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    take({ files: [...(event.currentTarget.files ?? [])], folder: "" });
    // The same files may be picked again after they have been mended.
    event.currentTarget.value = "";
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the button has opened
    <div
      className={styles.open}
      onKeyDown={(event) => {
        if (event.key === "Escape" && open) {
          event.stopPropagation();
          setOpen(false);
        }
      }}
    >
      <button
        type="button"
        className={styles.button}
        aria-expanded={open}
        aria-controls={panel}
        onClick={() => setOpen(!open)}
      >
        {t("app.open")}
      </button>
      <fieldset id={panel} aria-label={t("open.group")} hidden={!open} className={styles.panel}>
        <label className={styles.choice}>
          <input type="file" {...FOLDER} onChange={pick} />
          <span>{t("open.folder")}</span>
          <small>{t("open.folder.about")}</small>
        </label>
        <label className={styles.choice}>
          <input type="file" multiple onChange={pick} />
          <span>{t("open.files")}</span>
          <small>{t("open.files.about")}</small>
        </label>
        <p className={styles.note}>
          <T id="open.private" />
        </p>
        <p className={styles.note}>
          <T id="open.long" />
        </p>
      </fieldset>
      {isOver && (
        <div className={styles.over} role="status">
          {t("open.drop")}
        </div>
      )}
    </div>
  );
}
