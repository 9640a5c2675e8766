import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Frame, Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { VIEWS as ALL_VIEWS } from "../../src/store/views";
import { hostPage } from "./host";
import { goToAddress, openSite, placeOf, untilLive, withChromium } from "./open";

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

/** Keeps what frames tell, by their place on the page. */
function keepTold(): void {
  const told: unknown[] = [];
  Object.assign(window, { told });
  addEventListener("message", ({ data, source }) => {
    const frames = [...document.querySelectorAll("iframe")];
    const at = frames.findIndex((each) => each.contentWindow === source);
    if (at >= 0 && data.source === "sightline") told.push({ frame: `embed-${at}`, ...data });
  });
}

/** A page that frames embeds as their documentation says, sizes them and keeps what they tell. */
function blog(fragments: readonly string[]): string {
  const frames = fragments.map(
    (fragment, at) =>
      `<p>${"Words between two figures. ".repeat(40)}</p><iframe title="${at}" src="${inject("site")}embed.html#${fragment.replaceAll("&", "&amp;")}" width="100%" height="300" sandbox="allow-scripts"></iframe>`,
  );
  return `<!doctype html><meta charset="utf-8"><body>${frames.join("\n")}<script>
    addEventListener("message", ({ data, source }) => {
      const frame = [...document.querySelectorAll("iframe")].find((each) => each.contentWindow === source);
      if (frame && data.source === "sightline" && data.type === "resize") frame.height = data.height;
    });
  </script>`;
}

type Told = Record<string, unknown> & { frame: string; type: string };

const toldBy = (page: Page) =>
  page.evaluate(() => (window as unknown as { told: Told[] }).told as unknown as Told[]);

async function frameOf(page: Page, at: number): Promise<Frame> {
  const element = await page.locator("iframe").nth(at).elementHandle();
  if (element === null) throw new Error(`there is no embed ${at}`);
  await element.scrollIntoViewIfNeeded();
  const frame = await element.contentFrame();
  if (frame === null) throw new Error(`embed ${at} has no frame`);
  return frame;
}

async function untilFrameLive(frame: Frame): Promise<void> {
  await frame.waitForFunction(() => document.querySelector("[data-live=true] bdi") !== null);
}

/** Opens someone else's page in a fresh profile. */
async function openBlog(html: string) {
  const host = await hostPage(html);
  const opened = await openSite("", {}, keepTold);
  opened.complaints.length = 0;
  await opened.page.goto(host.url);
  return {
    page: opened.page,
    /** What went wrong so far; the page around is not of the site, and may be asked for. */
    complaints: () => opened.complaints.filter((each) => each !== `request to ${host.url}`),
    close: async () => {
      await opened.close();
      host.close();
    },
  };
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

describe("the Embed dialog", () => {
  test("gives code that shows on another page what it previews", async () => {
    const { page, complaints, close } = await openSite("#v=1&lang=en&text=A+small+dog");
    await untilLive(page);
    await page.getByRole("button", { name: "Embed", exact: true }).click();
    const code = await page.getByRole("textbox", { name: "Embed code" }).inputValue();
    const preview = page.frameLocator("dialog iframe");
    await preview.getByText("dog").first().waitFor();
    expect(complaints).toEqual([]);
    await close();
    const host = await hostPage(`<!doctype html><body>${code}`);
    const other = await openSite();
    await other.page.goto(host.url);
    await other.page.frameLocator("iframe").getByText("dog").first().waitFor();
    await other.close();
    host.close();
  });

  test("knows on a phone how high the figure is, though its preview lies below the screen", async () => {
    const { page, close } = await openSite("#v=1&lang=en&text=A+small+dog&view=lines", {
      viewport: { width: 360, height: 740 },
    });
    await untilLive(page);
    await page.getByRole("button", { name: "Embed", exact: true }).click();
    const preview = page.frameLocator("dialog iframe");
    await preview.locator("[data-live=true] bdi").first().waitFor();
    await preview.locator("main canvas").first().waitFor();
    const code = page.getByRole("textbox", { name: "Embed code" });
    await expect
      .poll(async () => {
        const height = Number(/height="(\d+)"/.exec(await code.inputValue())?.[1]);
        const own = await preview.locator("#root").evaluate((root) => root.getBoundingClientRect().height);
        return own > 500 && height === Math.ceil(own);
      })
      .toBe(true);
    await close();
  });

  test("gives of a lesson's figure, opened in the full page, code that runs the same experiment in a frame without an origin", async () => {
    const { page, complaints, close } = await openSite("#v=1&lang=en&lesson=a7&at=3");
    const link = page.getByRole("link", { name: "Open in the full page" });
    await expect.poll(() => link.getAttribute("href")).toContain("experiment=residual");
    const fragment = (await link.getAttribute("href"))?.split("#")[1] ?? "";
    await goToAddress(page, fragment, placeOf("lab"));
    await untilLive(page);
    await page.getByRole("button", { name: "Embed", exact: true }).click();
    const code = await page.getByRole("textbox", { name: "Embed code" }).inputValue();
    expect(code).toContain("experiment=residual");
    expect(code).toContain('sandbox="allow-scripts allow-popups"');
    expect(complaints).toEqual([]);
    await close();
    const blogged = await openBlog(`<!doctype html><body>${code}`);
    const frame = await frameOf(blogged.page, 0);
    await untilFrameLive(frame);
    // That card alone, over the lesson's own sentence.
    await frame.locator("main[data-view=lab] article h3").first().waitFor();
    expect(await frame.locator("article").count()).toBe(1);
    const { text = "" } = Object.fromEntries(new URLSearchParams(fragment));
    expect(await frame.locator("textarea").first().inputValue()).toBe(text);
    expect(blogged.complaints()).toEqual([]);
    await blogged.close();
  });
});
