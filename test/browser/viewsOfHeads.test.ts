import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dotOf } from "../../src/analysis/matrix";
import { first, type Tensor } from "../../src/engine/tensor";
import { isShown, numberIn } from "./numbers";
import { type Opened, untilShown, withChromium } from "./open";
import type { Reference } from "./reference";
import { goTo, lookFrom, openWith, texts } from "./views";

withChromium();

const TEXT = "The little dog ran home.";
const LAYER = 2;

let reference: Reference;
let opened: Opened;
let page: Page;
beforeAll(async () => {
  ({ reference, opened, page } = await openWith(TEXT));
});
afterAll(() => opened.close());

function patternsOf(layer: number): readonly Tensor[] {
  const all = reference.site(TEXT, `blocks.${layer}.attn.hook_pattern`);
  return Array.from({ length: all.shape[0] ?? 0 }, (_, head) => first(all, head));
}

/** 2 to the entropy of each row, mean over the rows. */
function keysUsed({ data, shape: [rows = 0, columns = 0] }: Tensor): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const shares = [...data.subarray(row * columns, (row + 1) * columns)].filter((share) => share > 0);
    sum += 2 ** shares.reduce((bits, share) => bits - share * Math.log2(share), 0);
  }
  return sum / rows;
}

async function chooseHead(layer: number, head: number): Promise<void> {
  await page.getByRole("gridcell", { name: `Layer ${layer}, head ${head}`, exact: true }).click();
}

describe("heads", () => {
  test("are listed by how few keys each uses, with the engine's own numbers", async () => {
    const region = await goTo(page, "Heads");
    await region.getByRole("combobox", { name: "Order" }).selectOption("narrow");
    const layers = reference.spec.stacks[0]?.layers.length ?? 0;
    const used = Array.from({ length: layers }, (_, layer) => patternsOf(layer).map(keysUsed)).flat();
    const fewest = used.toSorted((a, b) => a - b);
    const list = region.getByRole("list", { name: "What the heads do here" });
    await expect
      .poll(async () => (await texts(list.locator("li button > span:last-child"))).map(numberIn))
      .toHaveLength(6);
    const shown = await texts(list.locator("li button > span:last-child"));
    shown.forEach((text, at) => {
      expect(isShown(text, fewest[at] ?? 0), text).toBe(true);
    });
    await region.getByRole("combobox", { name: "Order" }).selectOption("clearest");
  });

  test("walk by arrow keys, and the other views follow", async () => {
    await chooseHead(0, 0);
    await page.getByRole("grid", { name: "All heads" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await expect
      .poll(() =>
        page.getByRole("gridcell", { name: "Layer 1, head 1", exact: true }).getAttribute("aria-selected"),
      )
      .toBe("true");
    const detail = page.getByRole("region", { name: "Heads" }).getByText("spreads a query’s attention");
    await expect.poll(() => detail.textContent()).toContain("L1H1");
    expect(
      isShown((await detail.textContent())?.split("over")[1] ?? "", keysUsed(patternsOf(1)[1] as Tensor)),
    ).toBe(true);
  });
});

describe("lines", () => {
  test("the strongest ones are the largest shares of the layer that leave a choice", async () => {
    await chooseHead(LAYER, 0);
    const region = await goTo(page, "Lines");
    await region.getByRole("radio", { name: "Pieces" }).check();
    const largest = patternsOf(LAYER)
      .flatMap(({ data }, head) => Array.from(data, (share) => ({ head, share })))
      .filter(({ share }) => share < 1)
      .toSorted((a, b) => b.share - a.share)
      .slice(0, 8);
    const list = region.getByRole("list", { name: "Strongest lines" }).getByRole("button");
    await expect
      .poll(async () => (await texts(list))[0]?.startsWith(`L${LAYER}H${largest[0]?.head}`))
      .toBe(true);
    const shown = await texts(list.locator("span:last-child"));
    largest.forEach(({ share }, at) => {
      expect(isShown(shown.filter((text) => text.includes("%"))[at] ?? "", share)).toBe(true);
    });
  });

  test("of two chosen tokens are a share of their attention together, and the link keeps what was set", async () => {
    const region = page.getByRole("region", { name: "Lines" });
    const queries = region.getByRole("listbox", { name: "Query tokens" });
    await queries.getByRole("option").nth(2).click();
    await queries.getByRole("option").nth(4).click();
    const heads = patternsOf(LAYER);
    const [, keys = 0] = heads[0]?.shape ?? [];
    const expected = Array.from(
      { length: keys },
      (_, key) =>
        heads.reduce((sum, { data }) => sum + (data[2 * keys + key] ?? 0) + (data[4 * keys + key] ?? 0), 0) /
        heads.length /
        2,
    );
    const options = region.getByRole("listbox", { name: "Key tokens" }).getByRole("option");
    const said = await options.evaluateAll((all) => all.map((each) => each.getAttribute("aria-label") ?? ""));
    said.forEach((label, key) => {
      expect(isShown(label.split(" ").slice(-1)[0] ?? "", expected[key] ?? 0), label).toBe(true);
    });
    await page.keyboard.press("Escape");

    await region.getByRole("checkbox", { name: "first token" }).check();
    await region.getByRole("slider", { name: "Lines per query and head" }).fill("2");
    await expect.poll(() => page.url()).toContain("lines-top=2");
    expect(page.url()).toContain("lines-hide=first");
    expect(page.url()).toContain("lines-units=pieces");
    const count = await region.locator("h2").textContent();
    await page.reload();
    await untilShown(page, reference.tokens(TEXT));
    await expect
      .poll(() => page.getByRole("region", { name: "Lines" }).locator("h2").textContent())
      .toBe(count);
    expect(await page.getByRole("checkbox", { name: "first token" }).isChecked()).toBe(true);
  });
});

describe("neuron", () => {
  test("each product is that query's number times that key's, and they add up to the score", async () => {
    await chooseHead(LAYER, 3);
    const region = await goTo(page, "Neuron");
    await lookFrom(page, "ran", 3);
    const list = region.getByRole("listbox", { name: "Keys" });
    await list.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => list.getByRole("option", { selected: true }).textContent()).toContain("little");
    const vector = (name: "hook_q" | "hook_k", at: number) => {
      const {
        data,
        shape: [, , width = 0],
      } = reference.site(TEXT, `blocks.${LAYER}.attn.${name}`);
      const start = (3 * reference.tokens(TEXT).length + at) * width;
      return data.subarray(start, start + width);
    };
    const [q, k] = [vector("hook_q", 3), vector("hook_k", 1)];
    await region.getByRole("radio", { name: "By dimension" }).check();
    const rows = region.getByRole("table", { name: "Query times key" }).getByRole("row");
    await expect.poll(async () => (await texts(rows))[1]?.startsWith("d0")).toBe(true);
    const cells = await rows.evaluateAll((all) =>
      all.slice(1).map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? "")),
    );
    expect(cells).toHaveLength(q.length);
    cells.forEach((row, d) => {
      expect(isShown(row.at(-1) ?? "", (q[d] ?? 0) * (k[d] ?? 0)), `d${d}`).toBe(true);
    });
    expect(
      isShown((await region.getByRole("list").first().textContent())?.split("k")[1] ?? "", dotOf(q, k)),
    ).toBe(true);
  });
});

test("nothing complained on the way", () => {
  expect(opened.complaints).toEqual([]);
});
