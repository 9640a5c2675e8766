import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { VIEWS, type View } from "../../src/store/views";
import { violations } from "./axe";
import { goToAddress, openSite, placeOf, sentence, untilLive, withChromium } from "./open";

withChromium();

/** What a link carries of some views beside the place, where the view is not at rest. */
const MORE: Partial<Record<View, string>> = {
  lines: "&lines-top=3",
  lab: "&experiment=scale&switches=power%3A0.5",
  training: "&experiment=training&switches=step%3A300",
  atlas: "&metric=flops",
};

const NAMES = { en: ["Share", "Embed", "Export"], zh: ["分享", "嵌入", "导出"] } as const;

const sideways = (page: Page) =>
  page.evaluate(() => {
    const dialog = document.querySelector("dialog");
    return (dialog?.scrollWidth ?? 0) - (dialog?.clientWidth ?? 0);
  });

describe("each dialog", () => {
  for (const [language, theme, width] of [
    ["en", "light", 1440],
    ["zh", "dark", 360],
  ] as const) {
    test(`is found right by axe, fits, and gives the focus back, in ${language}, ${theme}, ${width} px`, async () => {
      const { page, complaints, close } = await openSite(`#v=1&theme=${theme}&lang=${language}`, {
        viewport: { width, height: 800 },
      });
      await untilLive(page);
      for (const name of NAMES[language]) {
        const button = page.getByRole("button", { name, exact: true });
        await button.focus();
        await page.keyboard.press("Enter");
        await page.getByRole("dialog").waitFor();
        expect(await violations(page), name).toEqual([]);
        expect(await sideways(page), name).toBe(0);
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "detached" });
        expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(name);
      }
      expect(complaints).toEqual([]);
      await close();
    });
  }
});

describe("axe finds nothing to complain of", () => {
  for (const [language, theme, width] of [
    ["en", "dark", 900],
    ["zh", "light", 360],
  ] as const) {
    test(`in an embed of each view, in ${language}, ${theme}, ${width} px`, async () => {
      const wrong: string[] = [];
      for (const view of VIEWS) {
        const fragment = `embed.html#v=1&view=${view}&theme=${theme}&lang=${language}`;
        const { page, complaints, close } = await openSite(fragment, { viewport: { width, height: 900 } });
        await untilLive(page);
        await page.locator(`main[data-view=${view}] h2`).first().waitFor();
        const found = [...(await violations(page)), ...complaints];
        for (const narrower of [width, 320]) {
          await page.setViewportSize({ width: narrower, height: 900 });
          // What measures its place is laid out a frame later.
          await expect
            .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), {
              message: `${view}, ${narrower} px`,
            })
            .toBeLessThanOrEqual(0);
        }
        wrong.push(...found.map((each) => `${view}: ${each}`));
        await close();
      }
      expect(wrong).toEqual([]);
    }, 180_000);
  }
});

describe("a shared link", () => {
  test("opens every view as it was", async () => {
    const start = "v=1&lang=en&theme=dark&text=The+moon+rose.&layer=1&head=2";
    const shared = async (page: Page) => {
      await page.getByRole("button", { name: "Share", exact: true }).click();
      const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      return link;
    };
    const first = await openSite(`#${start}`);
    await untilLive(first.page);
    const links: [View, string][] = [];
    for (const view of VIEWS) {
      await goToAddress(first.page, `${start}&view=${view}${MORE[view] ?? ""}`, placeOf(view));
      links.push([view, await shared(first.page)]);
    }
    await first.close();
    for (const [view, link] of links) {
      expect(link, view).toContain(MORE[view] ?? `view=${view}`.replace("view=steps", "v=1"));
      const second = await openSite(new URL(link).hash);
      await untilLive(second.page);
      expect(await sentence(second.page).inputValue(), view).toBe("The moon rose.");
      const current = second.page.getByRole("navigation").locator("[aria-current=page]");
      expect(new URLSearchParams((await current.getAttribute("href"))?.slice(1)).get("view")).toBe(view);
      expect(await second.page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
      expect(await shared(second.page), view).toBe(link);
      await second.close();
    }
  }, 180_000);
});
