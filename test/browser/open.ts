import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, inject } from "vitest";
import { CHROMIUM_ARGS, findChromium } from "../../scripts/chromium.mjs";
import { isAlone, type View } from "../../src/store/views";

let browser: Browser;

/** Starts one Chromium for the tests of a file. */
export function withChromium(): void {
  beforeAll(async () => {
    const executablePath = findChromium();
    if (executablePath === null) throw new Error("There is no Chromium: run the tests with `npm test`.");
    browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGS] });
  });
  afterAll(() => browser.close());
}

/** A page of the site, and what it complained about. */
export interface Opened {
  readonly page: Page;
  /** Errors and warnings of the console, uncaught errors, and requests that failed or left the site. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** Opens the site in a fresh profile. `fragment` begins with "#"; `script` runs before the page's own, `prepare` before it is asked for. */
export async function openSite(
  fragment = "",
  options: BrowserContextOptions = {},
  script?: () => void,
  prepare?: (page: Page) => Promise<unknown>,
): Promise<Opened> {
  const site = inject("site");
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    // A worker between the page and the site would hide its requests from the tests; offline.test.ts is about it.
    serviceWorkers: "block",
    ...options,
  });
  // The time that a test may take is its own; nothing in it waits by another clock, which a busy machine would break.
  context.setDefaultTimeout(0);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (/blocked by Playwright/.test(message.text())) return;
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(site)) {
      complaints.push(`request to ${request.url()}`);
    }
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  if (script !== undefined) await page.addInitScript(script);
  await prepare?.(page);
  await page.goto(`${site}${fragment}`);
  return { page, complaints, close: () => context.close() };
}

/** The textbox of the sentence. */
export function sentence(page: Page) {
  return page.getByRole("textbox", { name: "Sentence", exact: true });
}

/** Waits until the page shows a live run of its text. */
export async function untilLive(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector("[data-live=true] bdi") !== null);
}

/** Waits until the picture on the page is a live run of exactly these tokens. */
export async function untilShown(page: Page, tokens: readonly string[]): Promise<void> {
  await page.waitForFunction(
    ([name, wanted]) => {
      const group = document.querySelector(`[role=group][aria-label="${name}"]`);
      const shown = [...(group?.querySelectorAll("bdi") ?? [])].map((each) => each.textContent);
      return group?.getAttribute("data-live") === "true" && JSON.stringify(shown) === wanted;
    },
    ["Tokens", JSON.stringify(tokens)] as const,
  );
}

/** What is on the page once a view has come that has the page to itself, or that stands with others. */
export function placeOf(view: View): string {
  return isAlone(view) ? `#view-${view} section h2` : "main section h2";
}

/** Leads the page to another place by its address, without loading it anew, and waits until `there` has come. */
export async function goToAddress(page: Page, fragment: string, there: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, fragment);
  await page.locator(there).first().waitFor();
}
