import { HeadSightLines } from "../../components/HeadSightLines";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { useSessionStore } from "../../store/SessionContext";
import type { Selection } from "../../store/selection";
import { useLookedPattern } from "./useLookedPattern";

/** All sight-lines of the head at once; those of the looked query stand out. */
export function HeadLines({ trace, looked }: { trace: Trace; looked: Selection }) {
  const t = useT();
  const store = useSessionStore();
  const made = useLookedPattern(trace, looked);
  if (made === null) return null;
  return (
    <HeadSightLines
      label={t("steps.lines.all")}
      {...made}
      query={looked.query}
      onLook={(place) => store.getState().look(place)}
      onLock={(place) => store.getState().lock(place)}
    />
  );
}
