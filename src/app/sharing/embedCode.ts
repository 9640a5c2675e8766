import type { Language } from "../../i18n/language";
import type { Theme } from "../../store/settings";
import type { View } from "../../store/views";

/** What an embed shows and how; the options of the Embed dialog. */
export interface EmbedOptions {
  readonly view: View;
  readonly controls: boolean;
  readonly click: boolean;
  readonly theme: Theme;
  readonly language: Language;
  /** Pixels until the figure says its own height; null takes the height that it has in the preview. */
  readonly height: number | null;
}

/** The address of an embed: the page's own fragment, then how it is to be shown. */
export function embedAddress(site: string, fragment: string, options: EmbedOptions): string {
  const params = new URLSearchParams(fragment);
  params.set("view", options.view);
  params.set("lang", options.language);
  params.delete("theme");
  if (options.theme !== "auto") params.set("theme", options.theme);
  if (!options.controls) params.set("controls", "false");
  if (options.click) params.set("start", "click");
  return `${new URL("embed.html", site).href}#${params}`;
}

/** The same figure at work already: its height is known before it is seen, and before anybody clicks. */
export function previewAddress(address: string): string {
  const [page = "", fragment = ""] = address.split("#");
  const params = new URLSearchParams(fragment);
  params.set("start", "now");
  return `${page}#${params}`;
}

/** Where the code goes. */
export type Form = "html" | "markdown" | "link";

interface Framed {
  readonly address: string;
  readonly title: string;
  readonly height: number;
}

/** The code for each place. Markdown passes HTML through, and MDX reads the same tag as JSX, so it has no style string. */
export const FORMS: Readonly<Record<Form, (framed: Framed) => string>> = {
  html: (framed) => frame(framed, 'style="border:0"'),
  markdown: (framed) => frame(framed, 'frameBorder="0"'),
  link: ({ address }) => address,
};

function frame({ address, title, height }: Framed, border: string): string {
  return `<iframe src="${attribute(address)}" title="${attribute(title)}" width="100%" height="${height}" loading="lazy" sandbox="allow-scripts allow-popups" ${border}></iframe>`;
}

/** Text inside an attribute in double quotes. */
function attribute(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
