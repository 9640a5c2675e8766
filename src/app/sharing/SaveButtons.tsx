import { useT } from "../../i18n/I18n";
import type { FileKind } from "./exportFiles";
import styles from "./Sharing.module.css";
import type { Save } from "./useSaved";

interface Props<From> {
  kinds: readonly FileKind<From>[];
  /** What the files are made of, asked for when a button is pressed. */
  from(): From;
  nameOf(extension: string): string;
  save: Save;
  /** What a button says instead of its usual name. */
  names?: Partial<Record<FileKind<From>["id"], string>>;
}

/** One button for each kind of file. */
export function SaveButtons<From>({ kinds, from, nameOf, save, names = {} }: Props<From>) {
  const t = useT();
  return (
    <div className={styles.row}>
      {kinds.map(({ id, extension, write }) => (
        <button
          key={id}
          type="button"
          className={styles.button}
          onClick={() => save(nameOf(extension), (work) => write(from(), work))}
        >
          {names[id] ?? t(`export.${id}`)}
        </button>
      ))}
    </div>
  );
}
