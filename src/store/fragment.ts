import * as v from "valibot";
import { LINK, type LinkState } from "./link";

/** Version of the fragment's layout. Another version is read as no fragment at all. */
const VERSION = "1";
/** Longer texts, in UTF-16 units, are compressed. */
const READABLE = 400;

type Packing = typeof import("./packing");

/** What long texts are packed with: fetched when the first one comes. */
let packing: Packing | null = null;

/** Fetches what packed texts are read and written with. */
export async function loadPacking(): Promise<void> {
  packing ??= await import("./packing");
}

/** Calls back once a fragment can be read: at once, or when what its packed text is read with has come (or cannot be had). */
export function whenReadable(fragment: string, use: () => void): void {
  const isPacked = /(^#?|&)[^=&]*\.z=/.test(fragment);
  if (isPacked && packing === null) void loadPacking().then(use, use);
  else use();
}

/**
 * The fragment of a link, without "#": the version, then every field that has a value of its own, in the order of the table.
 * A long text is packed once `loadPacking` is done, and written out until then.
 */
export function toFragment(state: Partial<LinkState>): string {
  const params = new URLSearchParams({ v: VERSION });
  for (const field of fields()) {
    const value = state[field];
    if (value === undefined || value === LINK[field].rest) continue;
    const text = String(value);
    const isLong = typeof value === "string" && text.length > READABLE;
    if (isLong && packing !== null) params.set(`${LINK[field].name}.z`, packing.pack(text));
    else params.set(LINK[field].name, text);
  }
  return params.toString();
}

/** Calls back once `toFragment` can pack every long text of a link: at once, or when what packs it has come. */
export function whenWritable(link: Partial<LinkState>, use: () => void): void {
  const hasLong = Object.values(link).some((value) => typeof value === "string" && value.length > READABLE);
  if (hasLong && packing === null) void loadPacking().then(use, use);
  else use();
}

/** What a fragment says, with or without "#". Each field stands alone: one that is malformed is left out. */
export function fromFragment(fragment: string): Partial<LinkState> {
  const pieces = fragment.replace(/^#/, "").split("&").filter(isEncoded);
  const params = new URLSearchParams(pieces.join("&"));
  if ((params.get("v") ?? VERSION) !== VERSION) return {};
  const read = fields().flatMap((field) => {
    const { name, schema } = LINK[field];
    const packed = params.get(`${name}.z`);
    const unpacked = packed === null || packing === null ? null : packing.unpack(packed);
    const text = unpacked ?? params.get(name);
    const parsed = v.safeParse(schema, text);
    return parsed.success ? [[field, parsed.output]] : [];
  });
  return Object.fromEntries(read) as Partial<LinkState>;
}

/** The pieces of a fragment that fromFragment leaves out: names that nothing has, and values that cannot be. */
export function ignoredIn(fragment: string): readonly string[] {
  const known = fromFragment(fragment);
  const pieces = fragment.replace(/^#/, "").split("&");
  return pieces.filter((piece) => {
    const name = piece.split("=")[0]?.replace(/\.z$/, "") ?? "";
    const field = fields().find((each) => LINK[each].name === name);
    return name !== "" && name !== "v" && (field === undefined || known[field] === undefined);
  });
}

/** Whether the percent signs of a piece stand for UTF-8; what does not would be read as "�". */
function isEncoded(piece: string): boolean {
  try {
    // The result is used because a minifier drops a call whose result is not, and with it the error.
    return decodeURIComponent(piece) !== "";
  } catch {
    return false;
  }
}

function fields(): (keyof LinkState)[] {
  return Object.keys(LINK) as (keyof LinkState)[];
}
