import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { row } from "../../src/analysis/matrix";
import { decodeCommand } from "../../src/cli/decodeCommand";
import { first } from "../../src/engine/tensor";
import { isShown, numberIn } from "./numbers";
import { type Opened, untilShown, withChromium } from "./open";
import { FIRST, loadReference, type Reference } from "./reference";
import { choose, goTo, openWith, texts, type } from "./views";

withChromium();

const TEXT = "The little dog ran home.";

let reference: Reference;
let opened: Opened;
let page: Page;
beforeAll(async () => {
  ({ reference, opened, page } = await openWith(TEXT));
});
afterAll(() => opened.close());

describe("compare", () => {
  test("two heads differ most where the engine's patterns do", async () => {
    await page.getByRole("gridcell", { name: "Layer 1, head 1", exact: true }).click();
    const region = await goTo(page, "Compare");
    await region.getByRole("combobox", { name: "Head B" }).selectOption({ label: "Layer 2, head 4" });
    const a = first(reference.site(TEXT, "blocks.1.attn.hook_pattern"), 1).data;
    const b = first(reference.site(TEXT, "blocks.2.attn.hook_pattern"), 4).data;
    const at = a.reduce(
      (best, _, cell) =>
        Math.abs((b[cell] ?? 0) - (a[cell] ?? 0)) > Math.abs((b[best] ?? 0) - (a[best] ?? 0)) ? cell : best,
      0,
    );
    const numbers = region.locator("p", { hasText: "They differ most" }).locator("b");
    const said = async () => (await texts(numbers)).slice(-3);
    await expect.poll(async () => isShown((await said())[0] ?? "", a[at] ?? Number.NaN)).toBe(true);
    expect(isShown((await said())[1] ?? "", b[at] ?? Number.NaN)).toBe(true);
    expect(isShown((await said())[2] ?? "", (b[at] ?? 0) - (a[at] ?? 0))).toBe(true);
  });

  test("another sentence is aligned token by token", async () => {
    const region = page.getByRole("region", { name: "Compare" });
    await region.getByRole("combobox", { name: "Head B" }).selectOption({ label: "Layer 1, head 1" });
    await region.getByRole("textbox", { name: "Sentence B" }).fill("The little cat ran home.");
    const grid = region.getByRole("grid", { name: "B", exact: true });
    await expect.poll(() => grid.textContent()).toContain("dog/cat");
    const last = reference.tokens(TEXT).length - 1;
    const b = first(reference.site("The little cat ran home.", "blocks.1.attn.hook_pattern"), 1);
    const cell = grid
      .getByRole("row")
      .nth(last + 1)
      .getByRole("gridcell")
      .nth(2);
    const share = row(b, last)[2] ?? Number.NaN;
    await expect.poll(async () => isShown((await cell.getAttribute("aria-label")) ?? "", share)).toBe(true);
    await region.getByRole("button", { name: "Same as A" }).click();
  });
});

describe("position", () => {
  test("without positions and without a mask the pattern comes along; with them it does not", async () => {
    const masked = await loadReference("masked");
    await choose(page, "masked");
    await untilShown(page, masked.tokens(TEXT));
    const region = await goTo(page, "Position");
    await region.getByRole("button", { name: "Reverse" }).click();
    const verdict = region.getByRole("status");
    await expect.poll(() => verdict.textContent()).toContain("has not come along");
    await region.getByRole("checkbox", { name: "Without positions" }).check();
    await expect.poll(() => verdict.textContent()).toContain("The pattern has come along");
    await region.getByRole("button", { name: "As typed" }).click();
  });
});

describe("decode", () => {
  test("beam search finds the texts that the command line finds, with their log-probabilities", async () => {
    await choose(page, "translator");
    const region = await goTo(page, "Decode");
    await page.getByRole("group", { name: "Examples" }).getByRole("button", { name: "I love you." }).click();
    await region
      .getByRole("radiogroup", { name: "Strategy" })
      .getByRole("radio", { name: "Beam search" })
      .check();
    await region.getByRole("button", { name: "Run" }).click();
    const model = fileURLToPath(new URL("../../public/models/translator", import.meta.url));
    const lines: string[] = [];
    const flags = ["--beam", "3", "--best", "3", "--max-tokens", "12", "--json"];
    await decodeCommand(["--model", model, "--text", "I love you.", ...flags], (line) => lines.push(line));
    const { texts: expected } = JSON.parse(lines.join("")) as {
      texts: { text: string; logProbability: number }[];
    };
    const results = region.getByRole("list", { name: "Result" }).getByRole("listitem");
    await expect.poll(() => results.count()).toBe(expected.length);
    const shown = await texts(results);
    expected.forEach(({ text, logProbability }, at) => {
      expect(shown[at]).toContain(text.trim());
      expect(isShown(shown[at]?.split("log p")[1] ?? "", logProbability), shown[at]).toBe(true);
    });
  });

  test("every token that it wrote has a row of cross-attention that sums to one", async () => {
    const region = page.getByRole("region", { name: "Decode" });
    const rows = region.getByRole("grid", { name: /Attention over time/ }).getByRole("row");
    const cells = await rows.evaluateAll((all) =>
      all
        .map((each) =>
          [...each.querySelectorAll("[role=gridcell]")].map((cell) => cell.getAttribute("aria-label") ?? ""),
        )
        .filter((labels) => labels.length > 0),
    );
    expect(cells.length).toBeGreaterThan(2);
    for (const labels of cells) {
      const sum = labels.reduce((all, label) => all + numberIn(label), 0);
      expect(sum).toBeGreaterThan(0.98);
      expect(sum).toBeLessThan(1.02);
    }
  });

  test("a typed target is read shifted right, each token with its probability", async () => {
    const translator = await loadReference("translator");
    const region = page.getByRole("region", { name: "Decode" });
    await region.getByRole("textbox", { name: "Target" }).fill("我爱你。");
    const { ids } = translator.encode("I love you.");
    const target = translator.encode("我爱你。").ids.filter((id) => id !== translator.spec.ids.eos);
    const decoderIds = [translator.spec.ids.decoderStart ?? 0, ...target];
    const logits = translator.siteOf({ ids, decoderIds }, "logits");
    const probability = (at: number, id: number) => {
      const line = row(logits, at);
      const most = Math.max(...line);
      return Math.exp((line[id] ?? 0) - most) / line.reduce((sum, logit) => sum + Math.exp(logit - most), 0);
    };
    const rows = region.getByRole("region", { name: "Teacher forcing" }).getByRole("row");
    await expect.poll(() => rows.count()).toBe(decoderIds.length + 1);
    const shown = await texts(rows.locator("td:nth-child(3)"));
    target.forEach((id, at) => {
      expect(isShown(shown[at] ?? "", probability(at, id)), shown[at]).toBe(true);
    });
  });
});

describe("atlas", () => {
  test("counts the attention memory of the sentence that is typed", async () => {
    await choose(page, FIRST);
    await type(page, TEXT, reference.tokens(TEXT));
    const region = await goTo(page, "Atlas");
    await region.getByRole("radio", { name: "attention memory" }).check();
    await region.getByRole("button", { name: /^GPT-2 small/ }).click();
    // 12 layers × 12 heads × n × n patterns of 4 bytes.
    const tokens = reference.tokens(TEXT).length;
    const details = region.locator("h3", { hasText: "GPT-2 small" }).locator("xpath=..");
    await expect.poll(() => details.textContent()).toContain(`4 · 12 · 12 · ${tokens} · ${tokens}`);
    const kilobytes = (4 * 12 * 12 * tokens * tokens) / 1000;
    const shown = (await details.getByText(/^[\d.]+\u202f?kB$/).textContent()) ?? "";
    expect(isShown(shown, kilobytes), shown).toBe(true);
  });
});

test("nothing complained on the way", () => {
  expect(opened.complaints).toEqual([]);
});
