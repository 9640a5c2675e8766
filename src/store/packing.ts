import { deflateSync, Inflate, strFromU8, strToU8 } from "fflate";

/** The longest text that a fragment may unfold to, in bytes. */
const LONGEST = 1 << 20;

/** A text as a short run of letters, digits, "-" and "_": deflated, then base 64. */
export function pack(text: string): string {
  const bytes = deflateSync(strToU8(text), { level: 9 });
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The packed text, or null where it is not one or is too long. Unfolded bit by bit, so that no short link fills the memory. */
export function unpack(packed: string): string | null {
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
