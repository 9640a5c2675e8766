import { lazy, Suspense, useEffect, useState } from "react";
import { useT } from "../i18n/I18n";
import styles from "./Header.module.css";

const KeysDialog = lazy(() => import("./KeysDialog").then((module) => ({ default: module.KeysDialog })));

/** The keys of the page, listed by a button or by "?" anywhere outside a text. */
export function KeysHelp() {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof Element && event.target.matches("input:not([type=radio]), textarea, select");
      if (event.key === "?" && !isTyping && !event.ctrlKey && !event.metaKey) setOpen(true);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <>
      <button
        type="button"
        className={styles.theme}
        aria-label={t("app.keys")}
        aria-keyshortcuts="?"
        title={t("app.keys")}
        onClick={() => setOpen(true)}
      >
        ?
      </button>
      {isOpen && (
        <Suspense>
          <KeysDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
