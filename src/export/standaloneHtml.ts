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
 * its own, since everything in it is inline. Typed text stays text: nothing of it is read as markup.
 */
export function standaloneHtml({ page, style, code, trace, vocabulary, fragment, title }: Parts): string {
  const words = vocabulary === null ? null : new TextEncoder().encode(JSON.stringify(vocabulary));
  const files = JSON.stringify({
    "trace.safetensors": base64(trace),
    ...(words !== null && { "vocabulary.json": base64(words) }),
  });
  return page
    .replace(/\s*<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, "")
    .replace(/<html[^>]*>/, () => `<html lang="en" data-fragment="${escaped(fragment)}">`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(title)}</title>`)
    .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style.replaceAll("</", "<\\/")}</style>`)
    .replace(
      /<script src="[^"]*"><\/script>/,
      () =>
        `<script type="application/json" id="sightline-files">${files}</script>\n    <script>${inScript(code)}</script>`,
    );
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

/** Bytes as base64, piece by piece: a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  let binary = "";
  for (let start = 0; start < bytes.length; start += 32_768) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 32_768));
  }
  return btoa(binary);
}
