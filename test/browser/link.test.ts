import { describe, expect, test } from "vitest";
import { openSite, sentence, untilLive, untilShown, withChromium } from "./open";
import { loadReference } from "./reference";

withChromium();

describe("the address", () => {
  test("restores text, head, pair, step, sampling, theme and language", async () => {
    const fragment =
      "#v=1&text=The+little+dog+ran+home.&model=causal&layer=2&head=5&query=3&key=1&locked=true&step=mask&temperature=0.7&top-k=5&theme=dark&lang=zh";
    const { page, complaints, close } = await openSite(fragment);
    await page.getByRole("textbox", { name: "句子" }).waitFor();
    await expect
      .poll(() => page.getByRole("textbox", { name: "句子" }).inputValue())
      .toBe("The little dog ran home.");
    await page.getByRole("tab", { name: "掩码", selected: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("zh-Hans");
    const pressed = page.getByRole("group", { name: "词元" }).getByRole("button", { pressed: true });
    await expect.poll(() => pressed.locator("sup").allTextContents()).toEqual(["1", "3"]);
    expect(complaints).toEqual([]);
    await close();
  });

  test("of the page as it stands opens the same page elsewhere", async () => {
    const reference = await loadReference();
    const first = await openSite();
    await untilLive(first.page);
    await sentence(first.page).fill("She saw the moon & the “stars”? 100% #1 + more");
    await untilShown(first.page, reference.tokens(await sentence(first.page).inputValue()));
    await first.page.getByRole("tab", { name: "Dot product" }).click();
    await first.page.getByRole("group", { name: "Tokens" }).getByRole("button").nth(3).click();
    await expect.poll(() => first.page.url()).toContain("step=dot");
    await expect.poll(() => first.page.url()).toContain("query=3");
    const { hash } = new URL(first.page.url());
    const second = await openSite(hash);
    await untilLive(second.page);
    expect(await sentence(second.page).inputValue()).toBe(await sentence(first.page).inputValue());
    await second.page.getByRole("tab", { name: "Dot product", selected: true }).waitFor();
    await second.page.waitForTimeout(600);
    expect(new URL(second.page.url()).hash).toBe(hash);
    await first.close();
    await second.close();
  });

  test("that is changed by hand, back and forward change the page", async () => {
    const { page, complaints, close } = await openSite("#v=1&text=First&lang=en");
    await untilLive(page);
    await page.evaluate(() => {
      location.hash = "#v=1&text=Second+one&lang=en";
    });
    await expect.poll(() => sentence(page).inputValue()).toBe("Second one");
    await page.goBack();
    await expect.poll(() => sentence(page).inputValue()).toBe("First");
    await page.goForward();
    await expect.poll(() => sentence(page).inputValue()).toBe("Second one");
    expect(complaints).toEqual([]);
    await close();
  });

  test("with nonsense in it opens the page all the same, and keeps what makes sense", async () => {
    const nonsense = [
      "#v=1&text=Kept&layer=99&head=-4&query=999999&step=boom&theme=<b>&lang=xx&text.z=@@@",
      "#v=1&text=Kept&__proto__=x&constructor.prototype=y&site=zzz&dimension=999999",
      "#v=1&text=Kept&model=nobody",
      "#%E0%A4%A&text=Kept",
      `#v=1&text=Kept&key=${"9".repeat(5000)}`,
      "#v=999&text=Other",
    ];
    for (const fragment of nonsense) {
      const { page, close } = await openSite(fragment);
      await expect
        .poll(async () => (await sentence(page).inputValue()).length, { message: fragment })
        .toBeGreaterThan(0);
      if (fragment.includes("v=999")) await untilLive(page);
      else expect(await sentence(page).inputValue()).toBe("Kept");
      await close();
    }
  });

  test("works with storage blocked", async () => {
    const { page, complaints, close } = await openSite("", {}, () => {
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("blocked", "SecurityError");
        },
      });
    });
    await untilLive(page);
    await page.getByRole("button", { name: "中文" }).click();
    await page.getByRole("textbox", { name: "句子" }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  test("of a visit without one follows the browser's language, and the choice of the last visit", async () => {
    const { page, close } = await openSite("", { locale: "zh-CN" });
    await page.getByRole("textbox", { name: "句子" }).waitFor();
    await page.getByRole("button", { name: "English" }).click();
    await sentence(page).waitFor();
    await page.goto(page.url().replace(/#.*/, "#"));
    await page.reload();
    await sentence(page).waitFor();
    await close();
  });
});
