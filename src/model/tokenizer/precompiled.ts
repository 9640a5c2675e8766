import { failure } from "../errors";

/**
 * SentencePiece's own normalisation table: a double-array trie (Darts) from UTF-8 strings to offsets into a pool of
 * zero-terminated replacements. Base64 of: u32 size of the trie in bytes, its units (u32), the pool.
 */
export function precompiledMap(base64: string): (text: string) => string {
  if (base64 === "") return (text) => text;
  const bytes = decodeBase64(base64);
  const view = new DataView(bytes.buffer);
  const trieBytes = bytes.length >= 4 ? view.getUint32(0, true) : Number.NaN;
  if (!(4 + trieBytes <= bytes.length) || trieBytes % 4 !== 0) {
    throw failure("badTokenizer", { reason: "its normalisation table is cut short" });
  }
  const units = Uint32Array.from({ length: trieBytes / 4 }, (_, i) => view.getUint32(4 + 4 * i, true));
  const pool = bytes.subarray(4 + trieBytes);
  const lookUp = (key: Uint8Array) => {
    const offset = shortestPrefix(units, key);
    if (offset === null) return null;
    const end = pool.indexOf(0, offset);
    return new TextDecoder().decode(pool.subarray(offset, end < 0 ? pool.length : end));
  };
  const encoder = new TextEncoder();
  return (cluster) => {
    const whole = encoder.encode(cluster);
    const known = whole.length < 6 ? lookUp(whole) : null;
    if (known !== null) return known;
    return Array.from(cluster, (character) => lookUp(encoder.encode(character)) ?? character).join("");
  };
}

/** Value of the first key of the trie that is a prefix of `key`, or null. Layout of a unit: darts-clone. */
function shortestPrefix(units: Uint32Array, key: Uint8Array): number | null {
  const offsetOf = (unit: number) => (unit >>> 10) << ((unit & 0x200) >>> 6);
  let node = offsetOf(units[0] ?? 0);
  for (const byte of key) {
    if (byte === 0) return null;
    node ^= byte;
    const unit = units[node] ?? 0;
    if ((unit & 0x800000ff) >>> 0 !== byte) return null;
    node ^= offsetOf(unit);
    if (((unit >>> 8) & 1) === 1) return (units[node] ?? 0) & 0x7fffffff;
  }
  return null;
}

function decodeBase64(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    throw failure("badTokenizer", { reason: "its normalisation table is not base64" });
  }
}
