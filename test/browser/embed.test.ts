import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, inject, test } from "vitest";
import { VIEWS as ALL_VIEWS } from "../../src/store/views";
import { blog, frameOf, openBlog, toldBy, untilFrameLive } from "./blog";
import { withChromium } from "./open";

withChromium();

/** The views of the demo page, in its order. */
const VIEWS = [
  "steps",
  "heads",
  "lines",
  "neuron",
  "block",
  "position",
  "output",
  "compare",
  "decode",
  "atlas",
];
const DIST = fileURLToPath(new URL("../../dist/embed/", import.meta.url));

/** The demo page as it lies on a host of someone else, with the address of the site in place of its own folder. */
function demo(): string {
  const page = readFileSync(fileURLToPath(new URL("../../dist/demo.html", import.meta.url)), "utf8");
  return page.replaceAll('"./', `"${inject("site")}`).replace(/<link rel="icon"[^>]*>/, "");
}

describe("ten embeds on a page of another origin, in frames without one", () => {
  test("start when they are seen, run the model, take their own height, and say what they show", async () => {
    const { page, complaints, close } = await openBlog(demo());
    const toldIn = async (at: number) =>
      (await toldBy(page)).filter(({ frame }) => frame === `embed-${at}`).map(({ type }) => type);
    for (const [at, view] of VIEWS.entries()) {
      // What lies further below has not begun.
      expect(await toldIn(at + 3)).not.toContain("state");
      if (view === "decode") {
        const button = (await frameOf(page, at)).getByRole("button", { name: "Start the figure" });
        await button.click();
      }
      // The third shows no sentence, and is a plain frame, which nobody sizes.
      const isPlain = view === "lines";
      const live = isPlain ? "main canvas" : "[data-live=true] bdi";
      await expect
        .poll(
          async () => {
            // Figures above may still grow, and push this one away.
            const frame = await frameOf(page, at);
            return frame.evaluate(
              ([selector, name]) => {
                const isLive = document.querySelector(selector) !== null;
                const isShown = document.querySelector(`main[data-view="${name}"] :is(section, h2)`) !== null;
                return isLive && isShown ? document.documentElement.scrollHeight - innerHeight : null;
              },
              [live, view] as const,
            );
          },
          { message: view, timeout: 60_000 },
        )
        .toSatisfy((over) => over !== null && (isPlain || Number(over) <= 1));
      await expect
        .poll(() => toldIn(at), { message: view, timeout: 60_000 })
        .toEqual(expect.arrayContaining(["ready", "resize", "select", "state"]));
      expect(await (await frameOf(page, at)).evaluate(() => window.origin)).toBe("null");
    }
    expect(complaints()).toEqual([]);
    await close();
  }, 180_000);
});

describe("an embed", () => {
  test("is set by a message, and passes over everything else", async () => {
    const { page, complaints, close } = await openBlog(blog(["v=1&lang=en&view=steps"]));
    const frame = await frameOf(page, 0);
    await untilFrameLive(frame);
    await page.evaluate(() => {
      const target = document.querySelector("iframe")?.contentWindow;
      const junk: unknown[] = [
        null,
        "set",
        { source: "sightline" },
        { source: "sightline", v: 2, type: "set", fragment: "text=wrong" },
        { source: "sightline", v: 1, type: "set", fragment: { toString: "text=wrong" } },
        { source: "sightline", v: 1, type: "set", fragment: `text=${"x".repeat(2_000_000)}` },
        { source: "sightline", v: 1, type: "__proto__", fragment: "text=wrong" },
        JSON.parse('{"source":"sightline","v":1,"type":"set","fragment":"__proto__=1&constructor=2"}'),
      ];
      for (const message of junk) target?.postMessage(message, "*");
      target?.postMessage(
        {
          source: "sightline",
          v: 1,
          type: "set",
          fragment: "v=1&text=The+moon+rose.&layer=1&head=2&step=mask",
        },
        "*",
      );
    });
    await expect
      .poll(() => frame.locator("textarea, input[type=text]").first().inputValue())
      .toBe("The moon rose.");
    await frame.getByRole("tab", { name: "Mask", selected: true }).waitFor();
    await expect
      .poll(async () => (await toldBy(page)).filter(({ type }) => type === "state").at(-1)?.fragment)
      .toContain("text=The+moon+rose.");
    expect(complaints()).toEqual([]);
    await close();
  });

  test("waits for a click where that is asked for, without its controls", async () => {
    const { page, close } = await openBlog(
      blog(["v=1&lang=zh&theme=dark&view=lines&start=click&controls=false"]),
    );
    const frame = await frameOf(page, 0);
    await frame.getByRole("button", { name: "开始" }).click();
    await frame.waitForSelector("main[data-view=lines] canvas");
    expect(await frame.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
    expect(await frame.locator("textarea").count()).toBe(0);
    await close();
  });

  test("has the page's own fonts, once it is there", async () => {
    const { page, close } = await openBlog(blog(["v=1&lang=en&view=steps"]));
    const frame = await frameOf(page, 0);
    await untilFrameLive(frame);
    await frame.waitForFunction(() =>
      [...document.fonts].some(({ family, status }) => family.includes("Inter") && status === "loaded"),
    );
    await close();
  });

  test("weighs less than 100 KB before its model: scripts and styles, compressed", () => {
    const files = readdirSync(DIST);
    const needs = (name: string): string[] =>
      JSON.parse(
        /sightlineChunk\("[^"]+",(\[[^\]]*\])/.exec(readFileSync(`${DIST}${name}`, "utf8"))?.[1] ?? "[]",
      );
    const all = (name: string, seen: Set<string>): Set<string> => {
      if (!seen.has(name)) for (const each of needs(name)) all(each, seen.add(name));
      return seen.add(name);
    };
    const size = (name: string) => gzipSync(readFileSync(`${DIST}${name}`), { level: 9 }).length;
    const figures = readFileSync(fileURLToPath(new URL("../../src/app/figures.ts", import.meta.url)), "utf8");
    const names = [...figures.matchAll(/import\("[^"]*\/(\w+)"\)/g)].map(([, name]) => name);
    expect(names).toHaveLength(ALL_VIEWS.length);
    const entries = files.filter((name) => names.includes(/^(\w+)-.*\.js$/.exec(name)?.[1]));
    expect(entries).toHaveLength(names.length);
    const sizes = entries.map((name) => {
      const chunks = all(name, all("embed.js", new Set()));
      return { name, bytes: [...chunks, "embed.css"].reduce((sum, each) => sum + size(each), 0) };
    });
    expect(sizes.filter(({ bytes }) => bytes >= 100_000)).toEqual([]);
  });
});

describe("an embed of models that lie beside the shipped ones", () => {
  test("runs a checkpoint and a sibling in a frame without an origin", async () => {
    const { page, complaints, close } = await openBlog(
      blog([
        "v=1&lang=en&view=training&experiment=training&switches=step:300",
        "v=1&lang=en&view=lab&experiment=extrapolate&switches=scheme:rope",
      ]),
    );
    const training = await frameOf(page, 0);
    await training.getByText("Pattern of layer 0, head 0 after 300 steps").waitFor();
    // Its shape is read from the trace.
    await training.getByText("(2 layers × 2 heads, width 80)").waitFor();
    const lab = await frameOf(page, 1);
    await lab.getByText("Runs on the sibling that was trained this way: rope.").waitFor();
    await lab
      .getByText(/^RoPE \d\.\d+$/)
      .nth(1)
      .waitFor();
    expect(complaints()).toEqual([]);
    await close();
  });
});
