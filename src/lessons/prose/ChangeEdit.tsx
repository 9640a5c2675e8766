import { useState } from "react";
import { Slider } from "../../components/Slider";
import { useSessionStore } from "../../store/SessionContext";
import { number } from "../../viz/format";
import type { Change } from "../chapter";
import { setEdits } from "../stage";
import { useFacts } from "../useFacts";

/** A number that the engine computes with: each value runs the figure again. */
export function ChangeEdit({
  label,
  change: { min, max, step, rest, edits },
}: {
  label: string;
  change: Extract<Change, { kind: "edit" }>;
}) {
  const store = useSessionStore();
  const facts = useFacts();
  const [value, setValue] = useState(rest);
  if (facts === null) return null;
  const move = (next: number) => {
    setValue(next);
    setEdits(store, (now) => (next === rest ? [] : edits(next, now)));
  };
  return (
    <Slider
      label={label}
      value={value}
      min={min}
      max={max}
      step={step}
      text={number(value)}
      onChange={move}
    />
  );
}
