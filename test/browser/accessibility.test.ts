import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { isAlone, VIEWS, type View } from "../../src/store/views";
import { fillOf, rampOf } from "../../src/viz/ramp";
import { violations } from "./axe";
import { goToAddress, openSite, placeOf, untilLive, withChromium } from "./open";

withChromium();

describe("axe finds nothing to complain of", () => {
  for (const theme of ["light", "dark"] as const) {
    for (const language of ["en", "zh"] as const) {
      test(`on the page in ${language}, ${theme}`, async () => {
        const { page, complaints, close } = await openSite(`#v=1&theme=${theme}&lang=${language}`);
        await untilLive(page);
        expect(await violations(page)).toEqual([]);
        expect(complaints).toEqual([]);
        await close();
      });
    }
  }

  test("at any stage, on a phone, with a text that is too long, and with an error", async () => {
    const { page, close } = await openSite("#v=1&lang=en", { viewport: { width: 390, height: 844 } });
    await untilLive(page);
    for (const tab of await page.getByRole("region", { name: "Steps" }).getByRole("tab").all()) {
      await tab.click();
      expect(await violations(page), (await tab.textContent()) ?? "").toEqual([]);
    }
    await page.getByRole("textbox", { name: "Sentence" }).fill("word ".repeat(300));
    await page.getByText(/^\d+ tokens, and this model reads/).waitFor();
    expect(await violations(page)).toEqual([]);
    await close();
  });
});

describe("with the keyboard alone", () => {
  test("one reaches the sentence, a token, a head, a step and a cell, and the picture follows", async () => {
    const { page, close } = await openSite("#v=1&lang=en");
    await untilLive(page);
    const focused = () =>
      page.evaluate(
        () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent,
      );
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the figure");
    const seen: (string | null | undefined)[] = [];
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      seen.push(await focused());
    }
    expect(seen).toEqual(expect.arrayContaining(["Sentence", "Model", "Softmax", "Attention pattern"]));

    const tokens = page.getByRole("group", { name: "Tokens" });
    await tokens.getByRole("button").first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Shift+Enter");
    await expect.poll(() => new URLSearchParams(new URL(page.url()).hash.slice(1)).get("query")).toBe("2");
    expect(new URLSearchParams(new URL(page.url()).hash.slice(1)).get("key")).toBe("1");
    await page.keyboard.press("Escape");
    await expect
      .poll(() => new URLSearchParams(new URL(page.url()).hash.slice(1)).get("locked"))
      .toBe("false");
    await close();
  });
});

/** Controls that are chosen beside others of their kind that are not, and look the same by anything but how bold they are, or cannot be read. */
const alike = (page: Page) =>
  page.evaluate(() => {
    const look = (element: Element) => {
      const { backgroundColor, color, outlineStyle } = getComputedStyle(element);
      return [backgroundColor, color, outlineStyle].join();
    };
    const chosen = document.querySelectorAll(
      "button[aria-pressed=true], [role=tab][aria-selected=true], [role=option][aria-selected=true], a[aria-current], input[type=radio]:checked + span",
    );
    return [...chosen].flatMap((element) => {
      const kin = element.matches("span")
        ? element.closest("[role=radiogroup]")
        : element.closest("ul, nav, div");
      const others = kin?.querySelectorAll(
        element.matches("span") ? "input:not(:checked) + span" : element.localName,
      );
      const other = [...(others ?? [])].find(
        (each) =>
          each !== element &&
          !each.matches("[aria-pressed=true], [aria-selected=true], [aria-current]") &&
          each.className === element.className,
      );
      const { backgroundColor, color, forcedColorAdjust } = getComputedStyle(element);
      // Where colours are still forced, Chromium paints a plate of the page's own colour behind the text.
      const isRead = forcedColorAdjust === "none" && backgroundColor !== color;
      const isAlike = other !== undefined && look(other) === look(element);
      return isAlike || !isRead ? [element.outerHTML.slice(0, 120)] : [];
    });
  });

describe("with forced colours", () => {
  test("what is chosen stands out, numbers keep their colours, and the palette is the system's", async () => {
    const { page, complaints, close } = await openSite("#v=1&lang=en&theme=light", {
      forcedColors: "active",
      colorScheme: "dark",
    });
    await untilLive(page);
    const wrong: string[] = [];
    for (const view of VIEWS.filter((each) => each === "steps" || isAlone(each))) {
      await goToAddress(page, `v=1&lang=en&theme=light&view=${view}`, placeOf(view));
      wrong.push(...(await alike(page)).map((each) => `${view}: ${each}`));
    }
    expect(wrong).toEqual([]);
    await goToAddress(page, "v=1&lang=en&theme=light&step=softmax", placeOf("steps"));
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(0, 0, 0)");
    const cells = page.getByRole("grid", { name: "Attention pattern" }).getByRole("gridcell");
    const painted = await cells.evaluateAll((all) =>
      all
        .slice(0, 40)
        .map((each) => [
          Number(each.getAttribute("aria-label")?.match(/[\d.]+$/)?.[0]),
          getComputedStyle(each).backgroundColor.replaceAll(",", ""),
        ]),
    );
    // The ramp of the dark paper, though the link asks for light.
    const ramp = rampOf("sequential", "dark");
    const shares = painted.filter(([share]) => Number.isFinite(share));
    expect(shares.length).toBeGreaterThan(10);
    for (const [share, fill] of shares) expect(fill).toBe(fillOf(ramp, Number(share), 1));
    expect(complaints).toEqual([]);
    await close();
  }, 300_000);
});

describe("with reduced motion", () => {
  test("nothing moves by itself, and no change takes time", async () => {
    const { page, close } = await openSite("#v=1&lang=en", { reducedMotion: "reduce" });
    await untilLive(page);
    const moving: string[] = [];
    for (const view of ["steps", "lines", "lab"] satisfies View[]) {
      await goToAddress(page, `v=1&lang=en&view=${view}`, placeOf(view));
      await page.getByRole("group", { name: "Tokens" }).getByRole("button").first().click();
      moving.push(
        ...(await page.evaluate(() =>
          [...document.querySelectorAll("*")]
            .filter((each) => {
              const { transitionDuration, animationDuration } = getComputedStyle(each);
              return [transitionDuration, animationDuration].some((times) => !/^(0s(, )?)+$/.test(times));
            })
            .map((each) => each.outerHTML.slice(0, 100)),
        )),
      );
      expect(
        await page.evaluate(
          () => document.getAnimations().filter(({ playState }) => playState === "running").length,
        ),
      ).toBe(0);
    }
    expect(moving).toEqual([]);
    await close();
  });
});
