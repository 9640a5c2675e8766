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

  test("shows every view's name whole, in both languages, on any screen but a phone's", async () => {
    const { page, close } = await openSite("#v=1&lang=en");
    await untilLive(page);
    for (const language of ["English", "中文"]) {
      await page.getByRole("button", { name: language }).click();
      for (const width of [768, 1024, 1280, 1366, 1440, 1600, 1920]) {
        await page.setViewportSize({ width, height: 800 });
        const cut = await page.evaluate(() => {
          const header = document.querySelector("header");
          const names = [...(header?.querySelectorAll("nav a, button") ?? [])];
          return names
            .filter((name) => {
              const box = name.getBoundingClientRect();
              const room = (name.closest("nav") ?? header)?.getBoundingClientRect();
              return room === undefined || box.left < room.left - 1 || box.right > room.right + 1;
            })
            .map(({ textContent }) => textContent);
        });
        expect(cut, `${language} ${width}`).toEqual([]);
      }
    }
    await close();
  });

  test("holds the view that is asked for at the top while what is above it grows, until the reader goes on", async () => {
    const { page, close } = await openSite("#v=1&lang=en");
    await untilLive(page);
    await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Block" }).click();
    const region = page.getByRole("region", { name: "Block", exact: true });
    await region.waitFor();
    const top = () => region.evaluate((each) => each.getBoundingClientRect().top);
    const grow = (by: number) =>
      page.locator("#view-steps").evaluate((steps, height) => {
        steps.style.paddingTop = `${height}px`;
      }, by);
    await expect.poll(top).toBeLessThan(400);
    const before = await top();
    await grow(500);
    await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(2);
    await page.mouse.wheel(0, -200);
    await expect.poll(async () => (await top()) - before).toBeGreaterThan(150);
    const left = await top();
    await grow(900);
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    expect((await top()) - left).toBeGreaterThan(-2);
    await close();
  });

  test("brings the view that is asked for to the top, with the focus on its heading", async () => {
    const { page, close } = await openSite("#v=1&lang=en");
    await untilLive(page);
    const views = page.getByRole("navigation", { name: "Views" });
    for (const name of ["Block", "Steps", "Heads", "Lines"]) {
      await views.getByRole("link", { name }).click();
      const region = page.getByRole("region", { name, exact: true });
      await region.waitFor();
      await expect
        .poll(() => region.evaluate((each) => each.contains(document.activeElement)), { message: name })
        .toBe(true);
      const top = await region.evaluate((each) => each.getBoundingClientRect().top);
      expect(top, name).toBeGreaterThanOrEqual(0);
      expect(top, name).toBeLessThan(400);
    }
    await close();
  });

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
