import { Dialog } from "../../components/Dialog";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { isLocal } from "../../store/run";
import { useSession } from "../../store/SessionContext";
import { Copyable } from "./Copyable";
import styles from "./Sharing.module.css";
import { useFragment } from "./useFragment";

/** A link to the page as it stands. */
export function ShareDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  const fragment = useFragment();
  const source = useSession((session) => session.runs[0]?.run.source);
  const own = source?.kind === "trace" || (source !== undefined && isLocal(source.model));
  return (
    <Dialog title={t("share.share.title")} close={t("share.close")} onClose={onClose}>
      <div className={styles.stack}>
        <Copyable
          label={t("share.share.link")}
          text={`${document.baseURI.replace(/#.*$/, "")}#${fragment}`}
          rows={3}
        />
        <p className={styles.hint}>
          <T id={own ? "share.share.local" : "share.share.hint"} />
        </p>
      </div>
    </Dialog>
  );
}
