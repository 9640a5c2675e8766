import { useT } from "../../i18n/I18n";
import type { Exported, FileKind } from "./exportFiles";
import styles from "./Sharing.module.css";
import type { Save } from "./useSaved";

interface Props {
  kinds: readonly FileKind[];
  exported: Exported;
  nameOf(extension: string): string;
  save: Save;
  /** What a button says instead of its usual name. */
  names?: Partial<Record<FileKind["id"], string>>;
}

/** One button for each kind of file. */
export function SaveButtons({ kinds, exported, nameOf, save, names = {} }: Props) {
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
          {names[id] ?? t(`share.export.${id}`)}
        </button>
      ))}
    </div>
  );
}
