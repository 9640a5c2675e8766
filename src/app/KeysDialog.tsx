import { Dialog } from "../components/Dialog";
import { useT } from "../i18n/I18n";
import { KeptNote } from "./KeptNote";
import styles from "./KeysDialog.module.css";

/** Each group of keys, as they stand on a keyboard, and what they do. */
const KEYS = [
  { keys: ["Tab"], does: "figures" },
  { keys: ["←", "→"], does: "steps" },
  { keys: ["←", "↑", "↓", "→"], does: "heads" },
  { keys: ["←", "↑", "↓", "→"], does: "cells" },
  { keys: ["Home", "End", "Page ↑", "Page ↓"], does: "ends" },
  { keys: ["←", "→"], does: "tokens" },
  { keys: ["Enter"], does: "lock" },
  { keys: ["Shift", "Enter"], does: "key" },
  { keys: ["Esc"], does: "unlock" },
  { keys: ["?"], does: "help" },
] as const;

/** What every key does, what a finger does instead, and what is there without a network. */
export function KeysDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  return (
    <Dialog title={t("app.keys")} close={t("app.keys.close")} onClose={onClose}>
      <dl className={styles.keys}>
        {KEYS.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`app.keys.${does}`)}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.touch}>{t("app.keys.touch")}</p>
      <KeptNote />
    </Dialog>
  );
}
