import { useState } from "react";
import { useT } from "../i18n/I18n";
import styles from "./UpdateNotice.module.css";
import { useUpdate } from "./useUpdate";

/** Offers a new version of the page; the reader says when. */
export function UpdateNotice() {
  const t = useT();
  const update = useUpdate();
  const [declined, setDeclined] = useState(false);
  if (update === null || declined) return null;
  return (
    <aside className={styles.notice}>
      <p role="status">{t("share.update")}</p>
      <button type="button" onClick={update}>
        {t("share.update.now")}
      </button>
      <button type="button" onClick={() => setDeclined(true)}>
        {t("share.update.later")}
      </button>
    </aside>
  );
}
