import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { isAlone, VIEWS } from "../../src/store/views";
import { violations } from "./axe";
import { goToAddress, openSite, placeOf, untilLive, withChromium } from "./open";

withChromium();

/** Every place that a link leads to, and what is there when it has come. Embeds of the same views: sharing.test.ts. */
const PLACES = [
  ...VIEWS.filter((view) => view === "steps" || isAlone(view)).map((view) => ({
    fragment: `view=${view}`,
    there: placeOf(view),
  })),
  { fragment: "lesson=index", there: "main h1" },
  { fragment: "lesson=a3&at=2", there: "main section[data-view] h2" },
];

/** Scrolls down to the end and back, so that everything that waits to be seen has been. */
async function seeAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const settle = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
    for (let y = 0; y < document.documentElement.scrollHeight; y += 500) {
      scrollTo(0, y);
      await settle();
    }
    // Cards change their height as they are seen, so that some are passed over.
    const unseen = () => document.querySelector("main article > [class*=unseen]");
    for (let tries = 0; unseen() !== null && tries < 100; tries++) {
      unseen()?.scrollIntoView();
      await settle();
    }
    scrollTo(0, 0);
    // Axe takes links that a navigation has scrolled away for skip links.
    for (const nav of document.querySelectorAll("nav, nav *")) nav.scrollLeft = 0;
  });
  await expect
    .poll(() => page.locator("main article > [class*=unseen], main article > [role=status]").count())
    .toBe(0);
}

/** How far the page reaches beyond the screen. A phone widens `innerWidth` to what it shows, so the layout is asked. */
const tooWide = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What is smaller to a finger than 24 px (WCAG 2.5.8), but for links in a text. */
const small = (page: Page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        "main :is(button, select, summary, textarea, input, [role=tab])",
      ),
    ]
      .filter((each) => {
        // A label is a part of its box.
        const target = each.closest("label") ?? each;
        const { width, height } = target.getBoundingClientRect();
        return each.checkVisibility() && width > 1 && height > 1 && Math.min(width, height) < 23.5;
      })
      .map((each) => `small: ${each.outerHTML.slice(0, 120)}`),
  );

describe("on a phone of 360 px, every view that has the page to itself, and the lessons", () => {
  for (const [language, theme] of [
    ["en", "light"],
    ["zh", "dark"],
  ] as const) {
    test(`are found right by axe, fit, and can be touched, in ${language}, ${theme}`, async () => {
      const start = `v=1&theme=${theme}&lang=${language}`;
      const { page, complaints, close } = await openSite(`#${start}`, {
        viewport: { width: 360, height: 800 },
        hasTouch: true,
        isMobile: true,
      });
      await untilLive(page);
      const wrong: string[] = [];
      for (const { fragment, there } of PLACES) {
        await goToAddress(page, `${start}&${fragment}`, there);
        await seeAll(page);
        const found = [...(await violations(page)), ...(await small(page))];
        // 320 px are 1280 px zoomed to 400 % (WCAG 1.4.10), 720 px are 1440 px zoomed to 200 % (1.4.4).
        for (const width of [720, 320, 360]) {
          await page.setViewportSize({ width, height: 800 });
          // What measures its place is laid out a frame later.
          await expect
            .poll(() => tooWide(page), { message: `${fragment}, ${width} px` })
            .toBeLessThanOrEqual(0);
        }
        wrong.push(...found.map((each) => `${fragment}: ${each}`));
      }
      expect(wrong).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    }, 300_000);
  }
});
