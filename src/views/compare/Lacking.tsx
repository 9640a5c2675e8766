import { Hint } from "../../components/Say";
import { useT } from "../../i18n/I18n";
import { useSession } from "../../store/SessionContext";
import { FLOW_LONGEST } from "./gather";
import { lackOf } from "./lackOf";
import type { SideState } from "./useSides";

interface Props {
  a: SideState;
  b: SideState;
  /** Whether B's own run is under way. */
  isWaiting: boolean;
}

/** Why there is nothing to compare yet, or cannot be, and what to choose instead. */
export function Lacking({ a, b, isWaiting }: Props) {
  const t = useT();
  const hasOwn = useSession((session) => session.runs.length > 1);
  const isLive = useSession((session) => session.runs[0]?.input != null);
  const sides = [
    { name: "A", tokens: a.trace?.tokens.length ?? 0, lack: lackOf(a, false, isLive) },
    { name: "B", tokens: b.trace?.tokens.length ?? 0, lack: lackOf(b, hasOwn, isLive) },
  ];
  const side = sides.find(({ lack }) => lack !== null && lack !== "waiting");
  if (isWaiting || !side?.lack || side.lack === "waiting") return <Hint>{t("compare.waiting")}</Hint>;
  const { name, tokens, lack } = side;
  return <Hint>{t(`compare.cannot.${lack}`, { name, most: FLOW_LONGEST, tokens })}</Hint>;
}
