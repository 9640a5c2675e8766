import { useState } from "react";
import { Dialog } from "../../components/Dialog";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { LOGIT_ROWS } from "../../store/logitRows";
import { useSession } from "../../store/SessionContext";
import { useNeed } from "../../store/useNeed";
import { ExportChoices } from "./ExportChoices";
import styles from "./Sharing.module.css";

/** Everything that can be saved of what the page shows. */
export function ExportDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  // What was on screen when the dialog opened is what is saved, whatever is computed meanwhile, with all that it says.
  useNeed(LOGIT_ROWS);
  const now = useSession((session) => session.runs[0]);
  const [opened] = useState(now);
  const isSame = now?.input != null && now.input === opened?.input;
  const trace = (isSame ? now : opened)?.trace ?? null;
  return (
    <Dialog title={t("export.title")} close={t("share.close")} onClose={onClose}>
      {trace === null ? (
        <p className={styles.hint}>
          <T id="export.none" />
        </p>
      ) : (
        <ExportChoices trace={trace} />
      )}
    </Dialog>
  );
}
