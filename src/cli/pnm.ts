import { failure } from "../model/errors";
import type { Picture } from "../model/image";

/** Reads PGM and PPM, as text (P2, P3) or bytes (P5, P6), with at most 255 levels; P1 and P4 are not pictures of grey. */
export function readPnm(bytes: Uint8Array, file: string): Picture {
  const bad = (reason: string) => failure("badImage", { file, reason });
  const text = new TextDecoder("latin1").decode(bytes);
  const gap = "(?:\\s|#[^\\n]*\\n)+";
  const header = new RegExp(`^P([2356])${gap}(\\d+)${gap}(\\d+)${gap}(\\d+)\\s`).exec(text);
  if (header === null) throw bad("its header is not that of a PGM or PPM file");
  const [head, kind, width = 0, height = 0, most = 0] = [header[0], ...header.slice(1).map(Number)];
  const channels = kind === 3 || kind === 6 ? 3 : 1;
  const count = Number(width) * Number(height) * channels;
  if (count === 0 || count > 2 ** 28 || most === 0 || most > 255) {
    throw bad(`it is ${width} × ${height} pixels of ${most} levels`);
  }
  const values =
    kind === 2 || kind === 3
      ? (
          text
            .slice(head.length)
            .replace(/#[^\n]*/g, "")
            .match(/\d+/g) ?? []
        ).map(Number)
      : Array.from(bytes.subarray(head.length, head.length + count));
  if (values.length < count) throw bad("it is cut short");
  return {
    width: Number(width),
    height: Number(height),
    channels,
    data: values.slice(0, count).map((value) => (value * 255) / most),
  };
}
