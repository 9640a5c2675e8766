import { Slider } from "../../components/Slider";
import { boundsOf } from "../../store/follow";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { clampSelection } from "../../store/selection";
import type { Change } from "../chapter";
import type { Facts } from "../facts";
import { useFacts } from "../useFacts";

type Field = Extract<Change, { kind: "selection" }>["of"];

/** A part of the selection as a slider over all that there is. */
export function ChangeSelection({ label, of }: { label: string; of: Field }) {
  const store = useSessionStore();
  const facts = useFacts();
  const value = useSession((session) => session.selection[of]);
  if (facts === null) return null;
  return (
    <Slider
      label={label}
      value={value}
      min={0}
      max={lastOf(facts, of)}
      step={1}
      text={nameOf(facts, of, value)}
      onChange={(next) => store.getState().lock({ [of]: next })}
    />
  );
}

function lastOf({ trace, where, tensor }: Facts, of: Field): number {
  if (of === "dimension") return (tensor("hook_resid_pre")?.shape.at(-1) ?? 1) - 1;
  return clampSelection({ ...where, [of]: Number.MAX_SAFE_INTEGER }, boundsOf(trace))[of];
}

function nameOf({ token }: Facts, of: Field, value: number): string {
  if (of === "query") return token(value, "query_pos")?.text ?? String(value);
  if (of === "key") return token(value)?.text ?? String(value);
  return String(value);
}
