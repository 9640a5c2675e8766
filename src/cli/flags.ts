/** A mistake of the person at the keyboard, told in one line. */
export class UsageError extends Error {}

/** Which flags a command has: those that take a value, and those that stand alone. */
export interface FlagTable {
  readonly values: readonly string[];
  readonly switches: readonly string[];
}

export interface Flags {
  /** Value of a flag, or null when it was not given. */
  value(name: string): string | null;
  given(name: string): boolean;
}

/** Reads `--flag value`, `--flag=value` and `--switch`. Throws a UsageError for anything else. */
export function readFlags(args: readonly string[], table: FlagTable): Flags {
  const values = new Map<string, string>();
  const known = [...table.values, ...table.switches].map((name) => `--${name}`).join(" ");
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    const [, name, inline] = /^--([a-z][a-z0-9-]*)(?:=([\s\S]*))?$/.exec(arg) ?? [];
    if (name === undefined)
      throw new UsageError(`unexpected argument ${JSON.stringify(arg)}; flags are ${known}`);
    if (values.has(name)) throw new UsageError(`--${name} is given twice`);
    if (table.switches.includes(name)) {
      if (inline !== undefined) throw new UsageError(`--${name} takes no value`);
      values.set(name, "");
      continue;
    }
    if (!table.values.includes(name)) throw new UsageError(`unknown flag --${name}; flags are ${known}`);
    const next = args[i + 1];
    if (inline === undefined && (next === undefined || /^--[a-z]/.test(next))) {
      throw new UsageError(`--${name} needs a value`);
    }
    values.set(name, inline ?? next ?? "");
    if (inline === undefined) i++;
  }
  return {
    value: (name) => values.get(name) ?? null,
    given: (name) => values.has(name),
  };
}

/** The value of a flag that must be given. */
export function required(flags: Flags, name: string): string {
  const value = flags.value(name);
  if (value === null || value === "") throw new UsageError(`--${name} is missing`);
  return value;
}

/** A list of whole numbers separated by commas, or null when the flag was not given. */
export function integers(flags: Flags, name: string): readonly number[] | null {
  const value = flags.value(name);
  if (value === null) return null;
  if (value.trim() === "") return [];
  return value.split(",").map((item) => {
    const number = Number(item.trim());
    if (!/^\d+$/.test(item.trim()) || !Number.isSafeInteger(number)) {
      throw new UsageError(
        `--${name} must be whole numbers separated by commas, got ${JSON.stringify(item.trim())}`,
      );
    }
    return number;
  });
}

/** One number within limits, or the fallback when the flag was not given. */
export function number(
  flags: Flags,
  name: string,
  fallback: number,
  limits: { readonly from: number; readonly to: number; readonly whole: boolean },
): number {
  const value = flags.value(name);
  if (value === null) return fallback;
  const parsed = value.trim() === "" ? Number.NaN : Number(value);
  const { from, to, whole } = limits;
  if (!(parsed >= from && parsed <= to) || (whole && !Number.isInteger(parsed))) {
    const kind = whole ? "a whole number" : "a number";
    const range = to === Number.POSITIVE_INFINITY ? `of at least ${from}` : `from ${from} to ${to}`;
    throw new UsageError(`--${name} must be ${kind} ${range}, got ${JSON.stringify(value)}`);
  }
  return parsed;
}
