import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { violations } from "./axe";
import { goToAddress, openSite, withChromium } from "./open";

withChromium();

const SLUG = "a2";

/** Waits until the figure of the step is a live one and no number of the step is waited for. */
async function untilReady(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const step = document.querySelector("section[data-step]:not([hidden])");
    const figure = document.querySelector("section[data-view]");
    const isDrawn = figure?.querySelector(":scope > [role=status]") === null && figure.childElementCount > 1;
    return isDrawn && step?.querySelector("[data-waiting]") === null;
  });
}

/** Ids of the chapter's steps, as the page has them. */
async function stepsOf(page: Page): Promise<string[]> {
  return page
    .locator("section[data-step]")
    .evaluateAll((all) => all.map((each) => each.getAttribute("data-step") ?? ""));
}

function shown(page: Page): Promise<string | null> {
  return page.locator("section[data-step]:not([hidden])").getAttribute("data-step");
}

/** Steps whose figures need more room than any other, with the part that each is about. */
const LARGEST = [
  { at: "lesson=a7&at=3", part: "h4:nth-of-type(1)" },
  { at: "lesson=positions&at=3", part: "figure [role=grid]" },
  { at: "lesson=positions&at=2", part: "h3" },
  { at: "lesson=a4&at=4", part: "[role=tree]" },
  { at: "lesson=family&at=0", part: "[data-runs]" },
  { at: "lesson=b7&at=4", part: "[role=grid]" },
  { at: "lesson=b9&at=4", part: "[data-fact=segments]" },
] as const;

const WORDS = {
  en: {
    lessons: "Lessons",
    next: "Next",
    reveal: "Reveal",
    check: "Check",
    right: "Right.",
    engine: "what the engine says",
  },
  zh: {
    lessons: "课程",
    next: "下一步",
    reveal: "揭晓",
    check: "检查",
    right: "正确。",
    engine: "引擎的回答",
  },
} as const;

describe("a whole lesson", () => {
  for (const language of ["en", "zh"] as const) {
    const words = WORDS[language];

    test(`is walked in ${language}: predicted, changed, checked, and remembered`, async () => {
      const { page, complaints, close } = await openSite(`#v=1&lang=${language}`);
      await page.getByRole("navigation", { name: words.lessons }).getByRole("link").click();
      await page
        .getByRole("navigation", { name: words.lessons })
        .locator(`a[href*="lesson=${SLUG}"]`)
        .click();
      await untilReady(page);
      const steps = await stepsOf(page);
      expect(steps.length).toBeGreaterThan(3);
      for (const [at, step] of steps.entries()) {
        expect(await shown(page)).toBe(step);
        await untilReady(page);
        const question = page.locator("section[data-step]:not([hidden]) fieldset");
        if ((await question.count()) > 0) await answer(page, words);
        if (at < steps.length - 1) await page.getByRole("button", { name: words.next, exact: true }).click();
      }
      await page.getByText(words.right).waitFor();
      expect(new URL(page.url()).hash).toContain(`lesson=${SLUG}`);
      await page.reload();
      await page.getByRole("navigation", { name: words.lessons }).getByText("✓").waitFor();
      expect(complaints).toEqual([]);
      await close();
    });
  }

  test("is presented by keyboard: steps, notes, and Escape leaves", async () => {
    const { page, close } = await openSite(`#v=1&lesson=${SLUG}&lang=en`);
    await untilReady(page);
    const steps = await stepsOf(page);
    await page.getByRole("button", { name: "Present" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.documentElement.dataset.present === "true");
    expect(await page.getByRole("navigation").count()).toBe(0);
    await page.keyboard.press("n");
    await page.getByText("Speaker notes").waitFor();
    const keys = ["ArrowRight", "PageDown", " "];
    for (let at = 1; at < steps.length; at++) {
      await page.keyboard.press(keys[at % keys.length] ?? "PageDown");
      expect(await shown(page)).toBe(steps[at]);
    }
    await page.keyboard.press("PageUp");
    expect(await shown(page)).toBe(steps.at(-2));
    await page.waitForURL(/present=true/);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.documentElement.dataset.present === undefined);
    expect(await shown(page)).toBe(steps.at(-2));
    await close();
  });

  test("is presented a step a screen: its prose and its notes are seen whole, and its figure begins at the top", async () => {
    const { page, close } = await openSite(`#v=1&lesson=${SLUG}&lang=en&present=true`, {
      viewport: { width: 1280, height: 720 },
    });
    await untilReady(page);
    const steps = await stepsOf(page);
    await page.keyboard.press("n");
    for (const step of steps) {
      await untilReady(page);
      const prose = page.locator(`section[data-step=${step}]`);
      const figure = page.locator("section[data-view]");
      const bottomOf = async (part: typeof prose) => {
        const box = await part.boundingBox();
        return (box?.y ?? 0) + (box?.height ?? 0);
      };
      await expect.poll(() => bottomOf(prose), { message: step }).toBeLessThanOrEqual(720);
      const notes = page.getByRole("complementary");
      if ((await notes.count()) > 0) expect(await bottomOf(notes), step).toBeLessThanOrEqual(720);
      expect((await figure.boundingBox())?.y, step).toBeLessThan(150);
      expect(await page.evaluate(() => document.documentElement.scrollHeight), step).toBe(720);
      await page.keyboard.press("PageDown");
    }
    await close();
  });

  test("is presented without any part of its figure below the screen, where figures are largest", {
    timeout: 120_000,
  }, async () => {
    const { page, close } = await openSite("#v=1&lesson=index&lang=en", {
      viewport: { width: 1280, height: 720 },
    });
    for (const { at, part } of LARGEST) {
      const before = await page.$("section[data-view]");
      await goToAddress(page, `v=1&lang=en&present=true&${at}`, `section[data-view] ${part}`);
      await page.waitForFunction((old) => old?.isConnected !== true, before);
      await untilReady(page);
      // The last part of a figure may come after its first: what is over is looked at until nothing moves any more.
      await expect
        .poll(
          () =>
            page.locator("section[data-view]").evaluate((figure) => {
              const pane = figure.parentElement?.parentElement;
              const over = (pane?.scrollHeight ?? 0) - (pane?.clientHeight ?? 0);
              const isMoving = figure.querySelector("progress") !== null;
              return isMoving ? "moving" : over > 1 ? `${over} px below` : "seen whole";
            }),
          { message: at },
        )
        .toBe("seen whole");
      const box = await page.locator(`section[data-view] ${part}`).first().boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? Number.NaN), `${at}: what it is about`).toBeLessThanOrEqual(720);
      const zoom = await page.locator("section[data-view]").evaluate((figure) => figure.currentCSSZoom);
      expect(zoom, `${at}: its type is larger than on the page`).toBeGreaterThan(1);
    }
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.documentElement.dataset.present === undefined);
    expect(await page.locator("[data-left-out]").count(), "while it is read nothing is left out").toBe(0);
    await close();
  });

  test("is on paper as a whole, with its numbers and matrices, and nothing around it", async () => {
    const { page, close } = await openSite(`#v=1&lesson=${SLUG}&lang=en&theme=dark`);
    await untilReady(page);
    const steps = await stepsOf(page);
    await page.waitForFunction(
      (count) =>
        document.querySelectorAll("section[data-step] figure img").length > 0 &&
        document.querySelectorAll("section[data-step]").length === count,
      steps.length,
    );
    await page.emulateMedia({ media: "print" });
    for (const step of steps)
      expect(await page.locator(`section[data-step=${step}]`).isVisible(), step).toBe(true);
    expect(await page.locator("section[data-step] figure img").first().isVisible()).toBe(true);
    for (const name of ["Present", "Print", "Next", "Reveal"]) {
      expect(
        await page.getByRole("button", { name, exact: true }).filter({ visible: true }).count(),
        name,
      ).toBe(0);
    }
    expect(await page.getByRole("navigation").filter({ visible: true }).count()).toBe(0);
    const ink = await page.evaluate(() => getComputedStyle(document.body).color.match(/\d+/g)?.map(Number));
    expect(Math.max(...(ink ?? [255])), "dark ink on white paper").toBeLessThan(64);
    const pictures = await page
      .locator("section[data-step] figure img")
      .evaluateAll((all) => all.map((each) => (each as HTMLImageElement).src));
    const repeated = pictures.filter((src, at) => src === pictures[at - 1]);
    expect(repeated).toEqual([]);
    await close();
  });

  test("leaves what was typed on the page that explores as it is", async () => {
    const { page, close } = await openSite("#v=1&lang=en");
    const sentence = page.getByRole("textbox", { name: "Sentence" });
    await sentence.fill("A quiet sea");
    await page.getByRole("navigation", { name: "Lessons" }).getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: "Lessons" }).waitFor();
    await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Heads" }).click();
    await expect.poll(() => sentence.inputValue()).toBe("A quiet sea");
    await close();
  });

  test("opens its figure in the full page in the same state", async () => {
    const { page, close } = await openSite(`#v=1&lesson=${SLUG}&at=3&lang=en`);
    await untilReady(page);
    const link = page.getByRole("link", { name: "Open in the full page" });
    const fragment = new URLSearchParams((await link.getAttribute("href"))?.split("#")[1]);
    expect(fragment.get("text")).toContain("animal");
    expect(fragment.get("query")).not.toBe(null);
    expect(fragment.get("lesson")).toBe(null);
    await close();
  });
});

test("axe finds nothing to complain of in any step of any chapter, in both themes", {
  timeout: 240_000,
}, async () => {
  const { page, close } = await openSite("#v=1&lesson=index&lang=en");
  const links = page.getByRole("navigation", { name: "Lessons" }).locator("a[href*='lesson=']");
  await links.first().waitFor();
  const slugs = await links.evaluateAll((all) =>
    all.map((each) => new URLSearchParams((each as HTMLAnchorElement).hash.slice(1)).get("lesson") ?? ""),
  );
  expect(await violations(page)).toEqual([]);
  for (const slug of slugs) {
    for (const theme of ["light", "dark"]) {
      await page.evaluate(
        (hash) => {
          window.location.hash = hash;
        },
        `v=1&lesson=${slug}&theme=${theme}&lang=${theme === "light" ? "en" : "zh"}`,
      );
      await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, theme);
      await untilReady(page);
      // All steps at once; the views have tests of their own, and the first chapter is looked at with its figure.
      await page.evaluate((isFirst) => {
        for (const step of document.querySelectorAll("section[data-step]")) step.removeAttribute("hidden");
        const figure = document.querySelector<HTMLElement>("section[data-view]");
        if (figure !== null) figure.style.display = isFirst ? "" : "none";
      }, slug === slugs[0]);
      expect(await violations(page), `${slug}, ${theme}`).toEqual([]);
    }
  }
  await close();
});

/** Answers the question of the step that is shown: any prediction, any change, and what the engine says for a check. */
async function answer(page: Page, words: (typeof WORDS)[keyof typeof WORDS]): Promise<void> {
  const step = page.locator("section[data-step]:not([hidden])");
  const question = step.locator("fieldset");
  const kind = await question.getAttribute("data-question");
  if (kind === "predict") {
    const reveal = question.getByRole("button", { name: words.reveal });
    expect(await reveal.isDisabled()).toBe(true);
    await question.getByRole("radio").first().check();
    await reveal.click();
    await question.getByText(words.engine, { exact: true }).waitFor();
  }
  if (kind === "change") {
    const before = await step.textContent();
    await question.getByRole("slider").press("ArrowLeft");
    await expect.poll(() => step.textContent()).not.toBe(before);
  }
  if (kind === "check") {
    // Twice the product that the figure shows, as a reader would work it out.
    const product = await page
      .locator("section[data-view] ol li")
      .first()
      .locator(":scope > :last-child")
      .textContent();
    const field = question.getByRole("textbox");
    await field.fill("1234");
    await question.getByRole("button", { name: words.check }).click();
    await field.fill(String(2 * Number(product?.replace("−", "-"))));
    await question.getByRole("button", { name: words.check }).click();
  }
}
