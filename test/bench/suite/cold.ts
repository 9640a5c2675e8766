/**
 * npm run bench:cold: each shipped model opened on its first example in a Chromium that is already up, from an empty
 * cache: milliseconds from the navigation until a first picture, and until a live run, are on the page. It measures; it
 * never fails on a time. Model ids as arguments measure those alone.
 */
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { preview } from "vite";
import { CHROMIUM_ARGS, needChromium } from "../../../scripts/chromium.mjs";
import { SHIPPED_MODELS } from "../../../src/model/registry";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const ROUNDS = 5;
/** A new window of the browser loads pages of its own first, in ms. */
const SETTLING = 2500;

interface Opened {
  readonly picture: number;
  readonly live: number;
}

/** A script of the page, in its own words: what a bundler adds to functions is not there. */
const WATCHING = `
  globalThis.opened = {};
  new MutationObserver(() => {
    if (!opened.picture && document.querySelector("[role=grid]")) opened.picture = performance.now();
    if (!opened.live && document.querySelector("[data-live=true]")) opened.live = performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-live", "role"] });
`;

const server = await preview({ root, logLevel: "error", preview: { host: "127.0.0.1", port: 0 } });
const browser = await chromium.launch({
  executablePath: needChromium(),
  args: [...CHROMIUM_ARGS],
});

async function open(model: string): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(WATCHING);
  await page.waitForTimeout(SETTLING);
  const site = server.resolvedUrls?.local[0] ?? "";
  const first = SHIPPED_MODELS[0]?.id === model;
  await page.goto(first ? site : `${site}#v=1&lang=en&model=${model}`);
  // Asked now and then, so that asking is no work of the page's.
  for (let asked = 0; asked < 300; asked++) {
    await page.waitForTimeout(200);
    const { picture, live } = await page.evaluate<Partial<Opened>>("opened");
    if (live === undefined) continue;
    await context.close();
    return { picture: picture ?? live, live };
  }
  throw new Error(`${model} never ran`);
}

const seconds = (times: readonly number[]) => {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)];
  return `${(middle / 1000).toFixed(2)} s (${(least / 1000).toFixed(2)}–${(most / 1000).toFixed(2)})`;
};

try {
  const wanted = process.argv.slice(2);
  for (const { id } of SHIPPED_MODELS) {
    if (wanted.length > 0 && !wanted.includes(id)) continue;
    const times: Opened[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await open(id));
    const picture = seconds(times.map((time) => time.picture));
    console.log(
      `${id.padEnd(12)} first picture ${picture}   live ${seconds(times.map((time) => time.live))}`,
    );
  }
} finally {
  await browser.close();
  await server.close();
}
