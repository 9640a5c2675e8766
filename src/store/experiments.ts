/** Positions of an experiment's switches by their names; those that stand at rest are left out. */
export type Switches = Readonly<Record<string, string>>;

/** The experiments of one figure: the one that was touched last, which a link restores, and the switches of each. */
export interface Experiments {
  readonly open: string | null;
  readonly all: Readonly<Record<string, Switches>>;
}

export const NO_EXPERIMENTS: Experiments = { open: null, all: {} };

/** Switches as a link carries them: `name:value` pairs, each value escaped, with commas between them. */
export function packSwitches(switches: Switches): string | undefined {
  const pairs = Object.entries(switches).map(([name, value]) => `${name}:${encodeURIComponent(value)}`);
  return pairs.length === 0 ? undefined : pairs.join(",");
}

/** The switches that packSwitches wrote. What each may be is the experiment's to say; a value that cannot be read is left out. */
export function unpackSwitches(packed: string): Switches {
  const pairs = packed.split(",").flatMap((pair) => {
    const [name = "", value] = pair.split(":");
    if (value === undefined) return [];
    try {
      return [[name, decodeURIComponent(value)] as const];
    } catch {
      return [];
    }
  });
  return Object.fromEntries(pairs);
}
