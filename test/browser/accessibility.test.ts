import { describe, expect, test } from "vitest";
import { violations } from "./axe";
import { openSite, untilLive, withChromium } from "./open";

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
