/**
 * npm run bench:page: frames and memory of the built page in Chromium while a pointer runs over it and steps are walked,
 * with the first model at 32 tokens and with 144 heads of random weights at 512. It measures; it never fails on a time.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Locator, type Page } from "playwright-core";
import { preview } from "vite";
import { CHROMIUM_ARGS, needChromium } from "../../../scripts/chromium.mjs";
import { LONG, longText, writeLongModel } from "../../support/longModel";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const THIRTY_TWO =
  "The animal didn't cross the street because it was too tired, and the driver did not stop because he was too late to see it standing there.";
/** Moves of the pointer, or presses of a key, in one measurement. */
const ACTS = 120;

/** What the frames of a stretch of time were like. */
interface Frames {
  readonly perSecond: number;
  /** Milliseconds between two frames: nineteen of twenty are no longer than this. */
  readonly p95: number;
  readonly longest: number;
  /** Milliseconds of the main thread's own processor time for each act: what other work on the machine does not touch. */
  readonly busy: number;
}

/** A script of the page, in its own words: what a bundler adds to functions is not there. */
const COUNTING = `
  globalThis.startCounting = () => {
    const counted = { times: [], on: true };
    const tick = (time) => {
      if (!counted.on) return;
      counted.times.push(time);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    globalThis.counted = counted;
  };
`;

async function frames(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate("startCounting()");
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const taskTime = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
  };
  const before = await taskTime();
  await act();
  const busy = (1000 * ((await taskTime()) - before)) / ACTS;
  await session.detach();
  const times = await page.evaluate<number[]>("counted.on = false, counted.times");
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? time));
  const sorted = gaps.toSorted((a, b) => a - b);
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  return {
    perSecond: (1000 * gaps.length) / total,
    p95: sorted[Math.floor(0.95 * sorted.length)] ?? Number.NaN,
    longest: sorted.at(-1) ?? Number.NaN,
    busy,
  };
}

/** Runs the pointer over the part of a box that is in the window, along a path that skips, as a reader's does. */
async function hover(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  const box = await target.boundingBox();
  if (box === null) throw new Error("nothing to point at");
  const height = Math.min(box.height, (page.viewportSize()?.height ?? box.height) - box.y);
  for (let at = 0; at < ACTS; at++) {
    await page.mouse.move(
      box.x + box.width * (0.1 + (0.85 * ((at * 37) % 100)) / 100),
      box.y + height * (0.1 + (0.85 * ((at * 61) % 100)) / 100),
    );
  }
}

async function scrub(page: Page): Promise<void> {
  await page.getByRole("tab", { selected: true }).focus();
  for (let at = 0; at < ACTS; at++) await page.keyboard.press(at % 20 < 10 ? "ArrowLeft" : "ArrowRight");
}

/** The same as a key that is held down sends it, thirty times a second: each stage has the time to come. */
async function hold(page: Page): Promise<void> {
  await page.getByRole("tab", { selected: true }).focus();
  for (let at = 0; at < ACTS; at++) {
    const next = Date.now() + 1000 / 30;
    await page.keyboard.press(at % 20 < 10 ? "ArrowLeft" : "ArrowRight");
    await new Promise((resolve) => setTimeout(resolve, next - Date.now()));
  }
}

async function scroll(page: Page): Promise<void> {
  for (let at = 0; at < ACTS; at++) await page.mouse.wheel(0, at % 40 < 20 ? 60 : -60);
}

/** What the browser says of memory after a collection: scripts and arrays, but not the memory of WebAssembly. */
interface Measured {
  readonly bytes: number;
  readonly breakdown: readonly {
    readonly bytes: number;
    readonly attribution: readonly { scope: string }[];
  }[];
}

/** Bytes of the page and its worker together, and of either. */
interface Memory {
  readonly all: number;
  readonly page: number;
  readonly worker: number;
}

async function memory(page: Page): Promise<Memory> {
  const { bytes, breakdown } = await page.evaluate<Measured>("performance.measureUserAgentSpecificMemory()");
  const of = (scope: string) =>
    breakdown
      .filter(({ attribution }) => attribution.some((each) => each.scope === scope))
      .reduce((sum, part) => sum + part.bytes, 0);
  return { all: bytes, page: of("Window"), worker: of("DedicatedWorkerGlobalScope") };
}

function sayMemory(what: string, { all, page, worker }: Memory): void {
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(`  ${what.padEnd(34)} ${mb(all).padStart(8)}   page ${mb(page)}   worker ${mb(worker)}`);
}

function say(what: string, { perSecond, p95, longest, busy }: Frames): void {
  console.log(
    `  ${what.padEnd(34)} ${perSecond.toFixed(1).padStart(6)} fps   p95 ${p95.toFixed(1)} ms   longest ${longest.toFixed(0)} ms   main thread ${busy.toFixed(1)} ms each`,
  );
}

async function measured(page: Page, title: string): Promise<void> {
  console.log(`\n${title}`);
  // Scrubbing ends elsewhere: each measurement begins where a visit does.
  await page.getByRole("tab", { name: "Softmax" }).click();
  say(
    "pointer over all heads",
    await frames(page, () => hover(page, page.getByRole("grid", { name: "All heads" }))),
  );
  say(
    "pointer over the pattern",
    await frames(page, () => hover(page, page.getByRole("grid", { name: "Attention pattern" }))),
  );
  say("scrubbing the steps by arrow keys", await frames(page, () => scrub(page)));
  say("the same, thirty keys a second", await frames(page, () => hold(page)));
  say("scrolling", await frames(page, () => scroll(page)));
  sayMemory("memory of page and worker", await memory(page));
}

/** Lines over a long sentence: a pointer over both sides and over the heads, and the slider that thins the lines out. */
async function measuredLines(page: Page, title: string): Promise<void> {
  const region = page.getByRole("region", { name: "Lines" });
  const board = region.getByRole("listbox");
  await board.first().waitFor();
  console.log(`\n${title}: ${await region.getByRole("heading", { level: 2 }).textContent()}`);
  say("pointer over the queries", await frames(page, () => hover(page, board.first())));
  say("pointer over the keys", await frames(page, () => hover(page, board.last())));
  say(
    "pointer over the heads",
    await frames(page, () => hover(page, region.getByRole("group", { name: "Heads" }))),
  );
  const slider = region.getByRole("slider", { name: "Weakest line" });
  await slider.focus();
  say(
    "the weakest line by arrow keys",
    await frames(page, async () => {
      for (let at = 0; at < ACTS; at++) await page.keyboard.press(at % 20 < 10 ? "ArrowLeft" : "ArrowRight");
    }),
  );
}

// Only an isolated page may be asked for its memory.
const headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};
const server = await preview({ root, logLevel: "error", preview: { host: "127.0.0.1", port: 0, headers } });
const browser = await chromium.launch({
  executablePath: needChromium(),
  args: [...CHROMIUM_ARGS],
});
const folder = mkdtempSync(join(tmpdir(), "sightline-long-"));
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // What never comes is said, not waited for.
  page.setDefaultTimeout(120_000);
  await page.addInitScript(COUNTING);
  page.on("console", (message) => {
    if (message.type() === "error") console.log(`  error: ${message.text()}`);
  });
  page.on("pageerror", (error) => console.log(`  error: ${error.message}`));
  const site = server.resolvedUrls?.local[0] ?? "";
  const live = (tokens: number) =>
    page.waitForFunction(
      (count) => document.querySelectorAll("[data-live=true] bdi").length >= count,
      tokens,
    );

  await page.goto(`${site}#v=1&lang=en&text=${encodeURIComponent(THIRTY_TWO)}`);
  await live(28);
  const tokens = await page.locator("[data-live=true] bdi").count();
  await measured(page, `the first model, ${tokens} tokens, first seconds of a first visit`);
  // Scripts run several times slower before the browser has compiled them: a reader who stays sees these frames.
  await measured(page, "walked again");

  const shape = { ...LONG, dModel: Number(process.argv[2] ?? 768) };
  writeLongModel(folder, shape);
  await page.getByRole("button", { name: "Open…" }).click();
  await page.locator("input[type=file][webkitdirectory]").setInputFiles(folder);
  await page.waitForFunction(() => document.querySelector("[data-live=true] bdi")?.textContent === "1");
  const before = await memory(page);
  await page.getByRole("textbox", { name: "Sentence" }).fill(longText(shape.context, shape.vocab));
  await live(shape.context);
  await measured(
    page,
    `${shape.layers} × ${shape.heads} heads, width ${shape.dModel}, ${shape.context} tokens`,
  );
  sayMemory("before the text was typed", before);

  const long = `${THIRTY_TWO} `.repeat(5).trim().split(" ").slice(0, 116).join(" ");
  await page.goto("about:blank");
  await page.goto(`${site}#v=1&lang=en&view=lines&lines-units=pieces&text=${encodeURIComponent(long)}`);
  await live(116);
  await measuredLines(page, `Lines, ${await page.locator("[data-live=true] bdi").count()} tokens`);
} finally {
  rmSync(folder, { recursive: true });
  await browser.close();
  await server.close();
}
