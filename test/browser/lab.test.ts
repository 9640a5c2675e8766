import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXPERIMENT_IDS } from "../../src/views/lab/registry";
import { violations } from "./axe";
import { type Card, cardIn, standOf } from "./lab/card";
import { HEADS } from "./lab/heads";
import { MASKS } from "./lab/masks";
import { MECHANISMS } from "./lab/mechanisms";
import { POSITIONS } from "./lab/positions";
import { KEY, QUERY, type Rows } from "./lab/row";
import { SCORES } from "./lab/scores";
import { type Opened, openSite, untilLive, withChromium } from "./open";
import { goTo } from "./views";

withChromium();

const EXAMPLE = "The animal didn't cross the street because it was too tired.";

const ROWS: Rows = { ...SCORES, ...MASKS, ...POSITIONS, ...HEADS, ...MECHANISMS };

/** The rows of the subject that are experiments, and the views that a card shows as well. */
const SUBJECT = "A1 A5 A6 A7 B2 B3 B4 B5 B6 B7 B8 B9 C2 C5 D4 D5 D7 D10 E1 E2 E3 E4 E5 E6 E7".split(" ");

test("every experiment of the subject has a card and a check, and every card is checked", () => {
  expect(SUBJECT.filter((name) => !Object.hasOwn(ROWS, name))).toEqual([]);
  const checked = new Set(Object.values(ROWS).map(({ card }) => card));
  expect(EXPERIMENT_IDS.filter((id) => !checked.has(id))).toEqual([]);
});

/** What a card says once its numbers have come. */
const SAID = /^(?:Runs on|No model)|needs a model that fills masks/;

/** Waits until a card stands with its numbers. */
async function untilShown(card: Card): Promise<void> {
  await card.article.getByRole("button", { name: "Reset" }).waitFor();
  await card.article.getByText(SAID).first().waitFor();
}

describe("the switches of a card move the numbers as the theory says, and Reset brings it back", () => {
  let opened: Opened;
  // One frame for all: each row asks it for another card, as a page around an embed does.
  beforeAll(async () => {
    opened = await openSite("embed.html#v=1&lang=en&view=lab&experiment=scale");
    await untilLive(opened.page);
  });
  afterAll(() => opened.close());

  for (const [name, { card: id, rest = "", check }] of Object.entries(ROWS)) {
    test(`${name}: ${id}`, async () => {
      const { page, complaints } = opened;
      const source = rest.includes("model=") ? "" : `&model=causal&text=${encodeURIComponent(EXAMPLE)}`;
      const place = `&layer=1&head=0&query=${QUERY}&key=${KEY}`;
      const link = new URLSearchParams(`v=1&lang=en&view=lab&experiment=${id}${source}${place}${rest}`);
      for (const [key, value] of new URLSearchParams(rest)) link.set(key, value);
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#${link}`);
      const card = cardIn(page.locator(`#experiment-${id}`));
      await untilShown(card);
      await untilLive(page);
      const notice = card.article.getByRole("note").first();
      const hasNotice = id !== "impact";
      if (hasNotice) await expect.poll(() => notice.textContent()).toMatch(/^[^…]+$/);
      const before = hasNotice ? await notice.textContent() : null;
      const stand = await standOf(card);
      await check(card);
      expect(await standOf(card)).not.toEqual(stand);
      await card.reset();
      await expect.poll(() => standOf(card)).toEqual(stand);
      if (hasNotice) await expect.poll(() => notice.textContent()).toBe(before);
      expect(complaints).toEqual([]);
    });
  }
});

describe("the lab", () => {
  test("has an article for each question of its index, named by it, and a link leads to it", async () => {
    const { page, complaints, close } = await openSite("#v=1&lang=en");
    await untilLive(page);
    const lab = await goTo(page, "Lab");
    const index = lab.getByRole("navigation", { name: "Experiments" }).getByRole("link");
    const questions = await index.allTextContents();
    expect(questions.length).toBe(EXPERIMENT_IDS.length);
    const names = await lab
      .locator("article")
      .evaluateAll((all) =>
        all.map((each) => document.getElementById(each.getAttribute("aria-labelledby") ?? "")?.textContent),
      );
    expect(names.toSorted()).toEqual(questions.toSorted());
    await index.last().click();
    const heading = lab.getByRole("heading", { name: questions.at(-1) ?? "", exact: true });
    await expect
      .poll(() => heading.evaluate((each) => each.getBoundingClientRect().top / innerHeight))
      .toBeLessThan(1);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(questions.at(-1));
    expect(complaints).toEqual([]);
    await close();
  });

  for (const id of ["permute", "convolution", EXPERIMENT_IDS.at(-1) ?? ""]) {
    test(`opens the page at the card that a link names, whatever comes to stand above it: ${id}`, async () => {
      const { page, complaints, close } = await openSite(`#v=1&lang=en&view=lab&experiment=${id}`);
      const card = cardIn(page.locator(`#experiment-${id}`));
      await untilShown(card);
      // The last card cannot reach the top of the window: nothing stands below it.
      const isThere = async () => {
        const { top, left } = await card.article.evaluate((each) => ({
          top: Math.abs(each.getBoundingClientRect().top),
          left: document.documentElement.scrollHeight - innerHeight - scrollY,
        }));
        return top < 2 || (left < 2 && top < 900);
      };
      await expect.poll(isThere).toBe(true);
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.closest("article")?.id))
        .toBe(`experiment-${id}`);
      expect(complaints).toEqual([]);
      await close();
    });
  }

  test("is walked by the Tab key from a card that is shown into one that was never seen", async () => {
    const { page, close } = await openSite("#v=1&lang=en&view=lab&experiment=paths");
    await untilShown(cardIn(page.locator("#experiment-paths")));
    const last = page.locator("#experiment-paths").locator("a, button, input, [tabindex='0']").last();
    await last.focus();
    const focused = () => page.evaluate(() => document.activeElement?.closest("article")?.id);
    await page.keyboard.press("Tab");
    await expect.poll(focused).toBe("experiment-convolution");
    const reset = page.locator("#experiment-convolution").getByRole("button", { name: "Reset" });
    await reset.waitFor();
    expect(await reset.evaluate((each) => each.getBoundingClientRect().top / innerHeight)).toBeLessThan(1);
    await close();
  });

  test("a card follows the page's sentence again once it is seen again", async () => {
    const { page, complaints, close } = await openSite("#v=1&lang=en&view=lab&experiment=scale");
    const scale = cardIn(page.locator("#experiment-scale"));
    await untilShown(scale);
    const cells = () => scale.article.getByRole("grid").first().getByRole("rowheader").count();
    await expect.poll(cells).toBeGreaterThan(0);
    const before = await cells();
    await page.locator("#experiment-impact h3").scrollIntoViewIfNeeded();
    await page.getByRole("textbox", { name: "Sentence" }).fill("A cat sat.");
    await page.locator("#experiment-scale h3").scrollIntoViewIfNeeded();
    await expect.poll(cells).toBeLessThan(before);
    expect(complaints).toEqual([]);
    await close();
  });

  test("restores a card with its switches from its link", async () => {
    const link = "v=1&lang=en&view=lab&experiment=scale";
    const { page, close } = await openSite(`embed.html#${link}`);
    const card = cardIn(page.locator("#experiment-scale"));
    await untilShown(card);
    await card.slide("Scores times d⁻ᵖ", 1);
    const address = card.article.getByRole("link", { name: "Link to this experiment" });
    await expect.poll(() => address.getAttribute("href")).toContain("switches=");
    const href = await address.getAttribute("href");
    const again = await openSite(`#${href?.replace(/^.*#/, "")}`);
    await expect
      .poll(() => again.page.locator("#experiment-scale").getByRole("slider").inputValue())
      .toBe("1");
    expect(again.complaints).toEqual([]);
    await again.close();
    await close();
  });

  test("a mask that leaves a row empty gives zeros and says so", async () => {
    const { page, close } = await openSite(
      "embed.html#v=1&lang=en&view=lab&experiment=maskShape&switches=shape%3Acausal",
    );
    const card = cardIn(page.locator("#experiment-maskShape"));
    await untilShown(card);
    await card.article.getByRole("gridcell").first().click();
    await card.article.getByText("sees nothing at all").waitFor();
    await card.reset();
    await expect.poll(() => card.article.getByText("sees nothing at all").count()).toBe(0);
    await close();
  });

  test("many passes say how far they are, stop when they are cancelled, and can be made again", async () => {
    const text = "The old man and his dog walked to the river, and they saw a boat on the water.";
    const { page, complaints, close } = await openSite(
      `embed.html#v=1&lang=en&view=lab&experiment=impact&model=masked&text=${encodeURIComponent(text)}`,
    );
    const card = cardIn(page.locator("#experiment-impact"));
    const { article } = card;
    const run = article.getByRole("button", { name: /^Run: / });
    const bar = article.getByRole("progressbar");
    const pieces = article.locator("[data-fact=segments] > span");
    await run.click();
    const passes = Number(await bar.evaluate((each) => (each as HTMLProgressElement).max));
    const done = () => bar.evaluate((each) => (each as HTMLProgressElement).value);
    await expect.poll(done).toBeGreaterThan(0);
    expect(await done()).toBeLessThan(passes);
    await article.getByText(`of ${passes} passes`).waitFor();
    await article.getByRole("button", { name: "Cancel" }).click();
    await article.getByText("Stopped.").waitFor();
    expect([await bar.count(), await pieces.count()]).toEqual([0, 0]);
    await card.slide("Boundary below", 0.5);
    await card.reset();
    await run.click();
    await expect.poll(() => pieces.count(), { timeout: 30_000 }).toBeGreaterThan(1);
    expect(await article.getByText("Stopped.").count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  test("what cannot be computed is said in words, and Reset brings the card back", async () => {
    const link = "v=1&lang=en&view=lab&model=causal";
    const { page, complaints, close } = await openSite(
      `embed.html#${link}&experiment=scale&switches=power%3ANaN`,
    );
    const scale = cardIn(page.locator("#experiment-scale"));
    await untilShown(scale);
    expect(await scale.article.getByRole("slider").inputValue(), "no number is no place to stand").toBe("0");
    const show = (id: string) =>
      page.evaluate((hash) => {
        location.hash = hash;
      }, `#${link}&experiment=${id}`);

    await show("jacobian");
    const jacobian = cardIn(page.locator("#experiment-jacobian"));
    const z = jacobian.article.getByRole("textbox", { name: /^z/ });
    const alert = jacobian.article.getByRole("alert");
    for (const bad of ["NaN", "1e999, 1", "one, two", ""]) {
      await z.fill(bad);
      await alert.waitFor();
      await jacobian.reset();
      await expect.poll(() => alert.count()).toBe(0);
      expect(await jacobian.row("s")).toEqual([1, 0, 0]);
    }

    await show("patching");
    const patching = cardIn(page.locator("#experiment-patching"));
    const other = patching.article.getByRole("textbox");
    await other.fill("One word.");
    await patching.article.getByRole("alert").waitFor();
    await patching.reset();
    await expect.poll(() => patching.article.getByRole("alert").count()).toBe(0);

    await show("maskShape");
    const drawn = cardIn(page.locator("#experiment-maskShape"));
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      `#${link}&experiment=maskShape&switches=${encodeURIComponent("shape:drawn,drawing:13.***")}`,
    );
    await untilShown(drawn);
    await drawn.reset();
    await drawn.article.getByRole("grid").first().waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  test("axe finds nothing to complain of in any card, in both themes", { timeout: 180_000 }, async () => {
    const { page, close } = await openSite("embed.html#v=1&lang=en&view=lab&experiment=scale&theme=light");
    const show = async (id: string, theme: string) => {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#v=1&view=lab&experiment=${id}&theme=${theme}`);
      await untilShown(cardIn(page.locator(`#experiment-${id}`)));
    };
    for (const id of EXPERIMENT_IDS) {
      await show(id, "light");
      expect(await violations(page), id).toEqual([]);
      await show(id, "dark");
      expect(await violations(page, ["color-contrast"]), `${id}, dark`).toEqual([]);
    }
    await close();
  });
});
