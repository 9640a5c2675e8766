import { beforeAll, describe, expect, test } from "vitest";
import { openSite, sentence, untilLive, untilShown, withChromium } from "./open";
import { loadReference, type Reference } from "./reference";

withChromium();

let reference: Reference;
beforeAll(async () => {
  reference = await loadReference();
});

describe("the layout", () => {
  for (const width of [360, 390, 768, 1024, 1440, 2560]) {
    for (const language of ["en", "zh"]) {
      test(`at ${width} px in ${language} never scrolls sideways, at any stage`, async () => {
        const { page, close } = await openSite(`#v=1&lang=${language}`, { viewport: { width, height: 800 } });
        await page.waitForFunction(() => document.querySelector("[data-live=true]") !== null);
        const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        const steps = page.getByRole("region", { name: language === "en" ? "Steps" : "步骤" });
        for (const tab of await steps.getByRole("tab").all()) {
          await tab.click();
          expect(await overflow(), `${await tab.textContent()}`).toBeLessThanOrEqual(0);
        }
        await close();
      });
    }
  }

  test("stays where it is while one types within a line", async () => {
    const { page, close } = await openSite("#v=1&text=The+dog&lang=en");
    await untilLive(page);
    await sentence(page).fill("The dog sat");
    await untilShown(page, reference.tokens("The dog sat"));
    await page.evaluate(() => {
      const shifts: number[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
      }).observe({ type: "layout-shift" });
    });
    const top = () =>
      page.getByRole("region", { name: "Steps" }).evaluate((each) => each.getBoundingClientRect().top);
    const before = await top();
    await sentence(page).press("End");
    await sentence(page).pressSequentially(" on", { delay: 30 });
    await untilShown(page, reference.tokens("The dog sat on"));
    expect(await top()).toBe(before);
    await close();
  });

  test("takes no transition with reduced motion", async () => {
    const { page, close } = await openSite("#v=1&lang=en", { reducedMotion: "reduce" });
    await untilLive(page);
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll("*")]
          .map((each) => getComputedStyle(each))
          .filter((style) => /[1-9]/.test(style.transitionDuration) || /[1-9]/.test(style.animationDuration))
          .length,
    );
    expect(moving).toBe(0);
    await close();
  });
});
