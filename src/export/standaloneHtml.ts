/** What a page that works alone is made of: the parts of an embed, and the trace that it shows. */
export interface Parts {
  /** embed.html as it is served. */
  readonly page: string;
  readonly style: string;
  readonly code: string;
  /** A trace file. */
  readonly trace: Uint8Array;
  /** What the model's outcomes are called; null where that is not known. */
  readonly vocabulary: readonly string[] | null;
  /** The fragment of the page as it stands. */
  readonly fragment: string;
  readonly title: string;
}

/**
 * One HTML file that shows the trace without any other file: no server, no network. It has no content security policy of
 * its own, since everything in it is inline. Typed text stays text: nothing of it is read as markup. In lots.
 */
export function* standaloneLots({
  page,
  style,
  code,
  trace,
  vocabulary,
  fragment,
  title,
}: Parts): Generator<string> {
  const words = vocabulary === null ? null : new TextEncoder().encode(JSON.stringify(vocabulary));
  const [before = "", after = ""] = page
    .replace(/\s*<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, "")
    .replace(/<html[^>]*>/, () => `<html lang="en" data-fragment="${escaped(fragment)}">`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(title)}</title>`)
    .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style.replaceAll("</", "<\\/")}</style>`)
    .split(/<script src="[^"]*"><\/script>/);
  yield before;
  yield '<script type="application/json" id="sightline-files">{"trace.safetensors":"';
  yield* base64(trace);
  if (words !== null) {
    yield '","vocabulary.json":"';
    yield* base64(words);
  }
  yield `"}</script>\n    <script>${inScript(code)}</script>${after}`;
}

/** Code inside a script element: what would end the element, or begin a comment of HTML, is written otherwise. */
function inScript(code: string): string {
  return code.replace(/<(\/script|!--)/gi, "\\x3c$1");
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** Bytes of one lot of base64: a call takes only so many arguments, and three bytes are four letters. */
const LOT = 3 * 8192;

/** Bytes as base64, lot by lot. */
function* base64(bytes: Uint8Array): Generator<string> {
  for (let from = 0; from < bytes.length; from += LOT) {
    yield btoa(String.fromCharCode(...bytes.subarray(from, from + LOT)));
  }
}
