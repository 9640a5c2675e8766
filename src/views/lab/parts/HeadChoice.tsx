import { memo } from "react";
import { HeadPicker } from "../../../components/HeadPicker";
import type { Trace } from "../../../engine/trace";
import { useT } from "../../../i18n/I18n";
import { boundsOf } from "../../../store/follow";
import { useSession, useSessionStore } from "../../../store/SessionContext";
import { clampSelection } from "../../../store/selection";
import styles from "./Parts.module.css";

/** Which head is looked at: the same one in every view. */
export const HeadChoice = memo(function HeadChoice({ trace }: { trace: Trace }) {
  const t = useT();
  const store = useSessionStore();
  const selection = clampSelection(
    useSession((session) => session.selection),
    boundsOf(trace),
  );
  const stack = trace.spec.stacks.find(({ name }) => name === selection.stack);
  if (stack === undefined) return null;
  return (
    <div className={styles.tools} data-spare={3}>
      <HeadPicker
        label={t("lab.head")}
        stack={stack}
        chosen={selection}
        onChoose={(place) => store.getState().select(place)}
      />
    </div>
  );
});
