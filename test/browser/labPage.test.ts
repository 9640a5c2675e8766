import { expect, test } from "vitest";
import { EXPERIMENT_IDS } from "../../src/views/lab/registry";
import { cardIn } from "./lab/card";
import { openSite, withChromium } from "./open";

withChromium();

const LAST = EXPERIMENT_IDS.at(-1) ?? "";

/** The Lab, opened at its first card: the last ones were never on screen. */
async function openLab() {
  const opened = await openSite("#v=1&lang=en&view=lab&experiment=scale");
  const { page } = opened;
  const cells = page.locator("#experiment-scale").getByRole("gridcell");
  await cells.first().waitFor();
  expect(await page.locator("[data-seen]").count()).toBeLessThan(EXPERIMENT_IDS.length / 2);
  return { ...opened, cells };
}

test("the browser's own search finds the question of a card that was never seen, and brings it on screen", async () => {
  const { page, close } = await openLab();
  const heading = page.locator(`#experiment-${LAST} h3`);
  const question = (await heading.textContent()) ?? "";
  const find = (wanted: string) =>
    page.evaluate((text) => {
      const { find } = window as unknown as { find(text: string): boolean };
      const places: (string | undefined)[] = [];
      getSelection()?.removeAllRanges();
      while (find.call(window, text)) {
        places.push(getSelection()?.anchorNode?.parentElement?.closest("article")?.id);
      }
      return places;
    }, wanted);
  // A page that is still on its way to the card of its link goes there first: a reader searches again.
  await expect
    .poll(async () => {
      const found = await find(question);
      const top = await heading.evaluate((each) => each.getBoundingClientRect().top / innerHeight);
      return { isFound: found.includes(`experiment-${LAST}`), isSeen: top > -1 && top < 1 };
    })
    .toEqual({ isFound: true, isSeen: true });
  await page.locator(`#experiment-${LAST}`).getByRole("button", { name: "Reset" }).waitFor();
  await close();
});

test("on paper every question stands with its figure, or says that it was not run", async () => {
  const { page, cells, close } = await openLab();
  const note = page.locator("article").getByText("had not been run");
  expect(await note.filter({ visible: true }).count()).toBe(0);
  await page.emulateMedia({ media: "print" });
  const seen = await page.locator("[data-seen]").count();
  expect(await note.filter({ visible: true }).count()).toBe(EXPERIMENT_IDS.length - seen);
  const drawn = await page
    .locator("article")
    .evaluateAll((all) =>
      all.filter((each) =>
        [...each.querySelectorAll("h3, [data-seen] [role=gridcell]")].every(
          (part) =>
            part.checkVisibility({ contentVisibilityAuto: true }) && part.getBoundingClientRect().height > 0,
        ),
      ),
    );
  expect(drawn.length).toBe(EXPERIMENT_IDS.length);
  // Paper shows the colours of the cells, which are what they say.
  expect(await cells.first().evaluate((each) => getComputedStyle(each).printColorAdjust)).toBe("exact");
  await close();
});

test("a lesson's link opens the page at the experiment, with its switches as the lesson set them", async () => {
  const { page, complaints, close } = await openSite("#v=1&lesson=b6&at=3&lang=en");
  const link = page.getByRole("link", { name: "Open in the full page" });
  await page.locator("#experiment-scale").getByRole("gridcell").first().waitFor();
  const opening = page.waitForEvent("popup");
  await link.click();
  const full = await opening;
  const card = cardIn(full.locator("#experiment-scale"));
  await card.article.getByRole("gridcell").first().waitFor();
  expect(await card.article.getByRole("slider").inputValue()).toBe("1");
  expect(await full.locator("article").count()).toBe(EXPERIMENT_IDS.length);
  await expect
    .poll(() => card.article.evaluate((each) => Math.abs(each.getBoundingClientRect().top)))
    .toBeLessThan(2);
  expect(await full.evaluate(() => document.activeElement?.closest("article")?.id)).toBe("experiment-scale");
  expect(complaints).toEqual([]);
  await close();
});

test("a sibling has fewer layers and heads: the nearest one is shown, and named", async () => {
  const { page, complaints, close } = await openSite(
    "embed.html#v=1&lang=en&view=lab&experiment=prePost&model=causal&layer=3&head=5&switches=weights%3Asibling",
  );
  const card = page.locator("#experiment-prePost");
  await card.getByText("Runs on").waitFor();
  await card.getByRole("gridcell").first().waitFor();
  const head = card.getByRole("combobox", { name: "Head" });
  expect(await head.evaluate((each) => (each as HTMLSelectElement).selectedOptions[0]?.textContent)).toBe(
    "Layer 1, head 3",
  );
  expect(complaints).toEqual([]);
  await close();
});
