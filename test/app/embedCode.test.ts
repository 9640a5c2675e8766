// @vitest-environment jsdom
import mdx from "@mdx-js/rollup";
import { describe, expect, test } from "vitest";
import { type EmbedOptions, embedAddress, FORMS, previewAddress } from "../../src/app/sharing/embedCode";

const OPTIONS: EmbedOptions = {
  view: "lines",
  controls: false,
  click: true,
  theme: "dark",
  language: "zh",
  height: null,
};
/** A sentence with everything that HTML, JSX or an address would read. */
const TEXT = `"5 < 6" & {a} 'b' <i> \`c\` %20 #d 动物`;
const FRAGMENT = new URLSearchParams({ v: "1", text: TEXT, view: "steps", theme: "light" }).toString();
const ADDRESS = embedAddress("https://your.site/sightline/", FRAGMENT, OPTIONS);
const FRAMED = { address: ADDRESS, title: 'Sightline: "Lines" & <more>', height: 480 };

describe("the address of an embed", () => {
  test("holds the page's own fields, and how it is to be shown", () => {
    const { origin, pathname, hash } = new URL(ADDRESS);
    expect(`${origin}${pathname}`).toBe("https://your.site/sightline/embed.html");
    expect(Object.fromEntries(new URLSearchParams(hash.slice(1)))).toEqual({
      v: "1",
      text: TEXT,
      view: "lines",
      lang: "zh",
      theme: "dark",
      controls: "false",
      start: "click",
    });
  });
});

describe("the preview of an embed", () => {
  test("is the same figure, already started", () => {
    const params = (address: string) =>
      Object.fromEntries(new URLSearchParams(new URL(address).hash.slice(1)));
    expect(params(previewAddress(ADDRESS))).toEqual({ ...params(ADDRESS), start: "now" });
  });
});

describe("the code of an embed", () => {
  test.each(["html", "markdown"] as const)("as %s is one frame for a browser, whatever was typed", (form) => {
    const { body } = new DOMParser().parseFromString(FORMS[form](FRAMED), "text/html");
    const frame = body.querySelector("iframe");
    expect(body.children).toHaveLength(1);
    expect(body.textContent).toBe("");
    expect(frame?.src).toBe(ADDRESS);
    expect(frame?.title).toBe(FRAMED.title);
    expect(frame?.getAttribute("sandbox")).toBe("allow-scripts allow-popups");
    expect(frame?.height).toBe("480");
  });

  test("as Markdown is one block between two paragraphs, and MDX reads it as an element with the same address", async () => {
    const { transform } = mdx() as { transform(code: string, id: string): Promise<{ code: string }> };
    const code = FORMS.markdown(FRAMED);
    // A line that ends in a blank one is a block of HTML to CommonMark: Jekyll, Eleventy, Hugo.
    expect(code).toMatch(/^<iframe [^\n]*><\/iframe>$/);
    const made = await transform(`Before.\n\n${code}\n\nAfter.\n`, "post.mdx");
    const [, props = ""] = /"iframe", (\{[\s\S]*?\n?\s*\})\)/.exec(made.code) ?? [];
    expect(props).toContain(`src: ${JSON.stringify(ADDRESS)}`);
    expect(props).toContain('frameBorder: "0"');
    expect(props).not.toContain("style");
  });

  test("as a link is the address alone", () => {
    expect(FORMS.link(FRAMED)).toBe(ADDRESS);
  });
});
