import { useT } from "../../i18n/I18n";
import type { Exported, FileKind } from "./exportFiles";
import styles from "./Sharing.module.css";
import type { Save } from "./useSaved";

interface Props {
  kinds: readonly FileKind[];
  exported: Exported;
  nameOf(extension: string): string;
  save: Save;
}

/** One button for each kind of file. */
export function SaveButtons({ kinds, exported, nameOf, save }: Props) {
  const t = useT();
  return (
    <div className={styles.row}>
      {kinds.map(({ id, extension, type, write }) => (
        <button
          key={id}
          type="button"
          className={styles.button}
          onClick={() => save(nameOf(extension), type, () => write(exported))}
        >
          {t(`share.export.${id}`)}
        </button>
      ))}
    </div>
  );
}
