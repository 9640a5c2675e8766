import { deflateSync, Inflate, strFromU8, strToU8 } from "fflate";
import * as v from "valibot";
import { LINK, type LinkState } from "./link";

/** Version of the fragment's layout. Another version is read as no fragment at all. */
const VERSION = "1";
/** Longer texts, in UTF-16 units, are compressed. */
const READABLE = 400;
/** The longest text that a fragment may unfold to, in bytes. */
const LONGEST = 1 << 20;

/** The fragment of a link, without "#": the version, then every field that has a value of its own, in the order of the table. */
export function toFragment(state: Partial<LinkState>): string {
  const params = new URLSearchParams({ v: VERSION });
  for (const field of fields()) {
    const value = state[field];
    if (value === undefined || value === LINK[field].rest) continue;
    const text = String(value);
    if (typeof value === "string" && text.length > READABLE) params.set(`${LINK[field].name}.z`, pack(text));
    else params.set(LINK[field].name, text);
  }
  return params.toString();
}

/** What a fragment says, with or without "#". Each field stands alone: one that is malformed is left out. */
export function fromFragment(fragment: string): Partial<LinkState> {
  const pieces = fragment.replace(/^#/, "").split("&").filter(isEncoded);
  const params = new URLSearchParams(pieces.join("&"));
  if ((params.get("v") ?? VERSION) !== VERSION) return {};
  const read = fields().flatMap((field) => {
    const { name, schema } = LINK[field];
    const packed = params.get(`${name}.z`);
    const text = (packed === null ? null : unpack(packed)) ?? params.get(name);
    const parsed = v.safeParse(schema, text);
    return parsed.success ? [[field, parsed.output]] : [];
  });
  return Object.fromEntries(read) as Partial<LinkState>;
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

function pack(text: string): string {
  const bytes = deflateSync(strToU8(text), { level: 9 });
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The packed text, or null where it is not one or is too long. Unfolded bit by bit, so that no short link fills the memory. */
function unpack(packed: string): string | null {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const inflate = new Inflate((part) => {
      parts.push(part);
      size += part.length;
    });
    for (let start = 0; start < bytes.length; start += 1024) {
      inflate.push(bytes.subarray(start, start + 1024), start + 1024 >= bytes.length);
      if (size > LONGEST) return null;
    }
  } catch {
    return null;
  }
  const all = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return strFromU8(all);
}
