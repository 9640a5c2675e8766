import { beforeAll, describe, expect, test } from "vitest";
import { fromFragment, loadPacking } from "../../src/store/fragment";
import { openSite, sentence, untilLive, untilShown, withChromium } from "./open";
import { loadReference, type Reference } from "./reference";

withChromium();

let reference: Reference;
beforeAll(async () => {
  reference = await loadReference();
  await loadPacking();
});

const TEXTS = {
  emoji: "I ❤️ you 👩‍👩‍👧‍👦 🇫🇷 👍🏽",
  Chinese: "动物没有过街,因为它太累了。",
  "right to left": "الحيوان لم يعبر الشارع",
  "mixed directions": "He said שלום twice",
  "control characters": "a\u0000b\u0007c\u001b[31md\u200b\ufeff\u202ee",
  "combining marks": "Z̷̢͎a̸͖l̵̻g̶̤o",
  markup: '<img src=x onerror="document.title=1"> <query/> {n} <key/>',
  spaces: "   two\n\nlines\tand\u00a0more   ",
  "a lone surrogate": "a\ud83dz",
} as const;

describe("any text", () => {
  for (const [name, text] of Object.entries(TEXTS)) {
    test(`is shown token by token: ${name}`, async () => {
      const { page, complaints, close } = await openSite();
      await untilLive(page);
      await sentence(page).fill(text);
      const shown = await sentence(page).inputValue();
      await untilShown(page, reference.tokens(shown));
      const tabs = page.getByRole("region", { name: "Steps" }).getByRole("tab");
      for (const tab of await tabs.all()) await tab.click();
      const drawn = page.locator("section, [role=group]");
      expect((await drawn.allTextContents()).join()).not.toContain("\ufffd");
      expect(await page.title()).toContain("Sightline");
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      expect(complaints).toEqual([]);
      await close();
    });
  }

  test("that is empty leaves a sentence that says what to do, and typing again brings the picture back", async () => {
    const { page, complaints, close } = await openSite();
    await untilLive(page);
    await sentence(page).fill("");
    await page.getByText("every token of it will look at the others").waitFor();
    await sentence(page).fill("Hello there");
    await untilShown(page, reference.tokens("Hello there"));
    expect(complaints).toEqual([]);
    await close();
  });

  test("beyond the context is counted, its first tokens are shown, and nothing of it is lost", async () => {
    const { page, close } = await openSite();
    await untilLive(page);
    const text = "The cat sat on the mat. ".repeat(40);
    await sentence(page).fill(text);
    const all = reference.tokens(text);
    const note = page.getByText(/tokens, and this model reads/);
    await note.waitFor();
    const limit = Number(/reads (\d+)/.exec((await note.textContent()) ?? "")?.[1]);
    expect(await note.textContent()).toContain(`${all.length} tokens`);
    await untilShown(page, all.slice(0, limit));
    expect(await sentence(page).inputValue()).toBe(text);
    await close();
  });

  test("of 100 kB can be pasted: the page goes on answering, and the text comes back with the link", async () => {
    const { page, complaints, close } = await openSite();
    await untilLive(page);
    const text = "All work and no play makes a dull day, said the 世界. ".repeat(1900);
    expect(Buffer.byteLength(text)).toBeGreaterThan(100_000);
    await sentence(page).fill(text);
    await page.getByText(/tokens, and this model reads/).waitFor();
    await sentence(page).press("End");
    await sentence(page).pressSequentially("x");
    expect((await sentence(page).inputValue()).length).toBe(text.length + 1);
    await expect.poll(() => fromFragment(new URL(page.url()).hash).text?.length).toBe(text.length + 1);
    await page.reload();
    await untilLive(page);
    expect((await sentence(page).inputValue()).length).toBe(text.length + 1);
    expect(complaints).toEqual([]);
    await close();
  });

  test("being composed by an input method runs only when it is done", async () => {
    const { page, close } = await openSite();
    await untilLive(page);
    await sentence(page).fill("Hello ");
    await untilShown(page, reference.tokens("Hello "));
    const session = await page.context().newCDPSession(page);
    await session.send("Input.imeSetComposition", { text: "ni", selectionStart: 2, selectionEnd: 2 });
    await session.send("Input.imeSetComposition", { text: "nihao", selectionStart: 5, selectionEnd: 5 });
    await page.waitForTimeout(300);
    await untilShown(page, reference.tokens("Hello "));
    await session.send("Input.insertText", { text: "你好" });
    await untilShown(page, reference.tokens("Hello 你好"));
    await close();
  });

  test("of an example can be taken back by undo", async () => {
    const { page, close } = await openSite();
    await untilLive(page);
    await sentence(page).fill("");
    await sentence(page).pressSequentially("My own words");
    await page.getByRole("group", { name: "Examples" }).getByRole("button").nth(1).click();
    await expect.poll(() => sentence(page).inputValue()).toContain("too wide");
    await sentence(page).press("Control+z");
    await expect.poll(() => sentence(page).inputValue()).toBe("My own words");
    await untilShown(page, reference.tokens("My own words"));
    await close();
  });
});
