import type { Values } from "../../i18n/translator";
import type { Failure } from "../../store/run";

/** How many names a list says before it only counts. */
const NAMED = 5;

/** The values that the message of a failure fills in: numbers stay numbers, lists become text. */
export function failureValues(failure: Failure): Values {
  const entries = Object.entries(failure.params).map(([name, value]) => [
    name,
    typeof value === "number" || typeof value === "string" ? value : listed(value),
  ]);
  return Object.fromEntries(entries);
}

function listed(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  const named = value.slice(0, NAMED).map(item).join(", ");
  return value.length > NAMED ? `${named} … (${value.length})` : named;
}

/** A name, a number, or a tensor whose shape is not the expected one. */
function item(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const { name, got, expected } = value as { name: string; got: number[]; expected: number[] };
  return `${name} [${got.join(" × ")}] ≠ [${expected.join(" × ")}]`;
}
