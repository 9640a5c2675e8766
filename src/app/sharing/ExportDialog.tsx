import { useState } from "react";
import { Dialog } from "../../components/Dialog";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useSession } from "../../store/SessionContext";
import { ExportChoices } from "./ExportChoices";
import styles from "./Sharing.module.css";

/** Everything that can be saved of what the page shows. */
export function ExportDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  // What was on screen when the dialog opened is what is saved, whatever is computed meanwhile.
  const [trace] = useState(useSession((session) => session.runs[0]?.trace ?? null));
  return (
    <Dialog title={t("share.export.title")} close={t("share.close")} onClose={onClose}>
      {trace === null ? (
        <p className={styles.hint}>
          <T id="share.export.none" />
        </p>
      ) : (
        <ExportChoices trace={trace} />
      )}
    </Dialog>
  );
}
