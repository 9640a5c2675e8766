import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { dotOf, normOf, row } from "../../src/analysis/matrix";
import type { SiteName } from "../../src/engine/sites";
import { pixelsOf } from "../../src/model/image";
import { readSamples } from "../../src/model/samples";
import { padPicture } from "../../src/store/picture";
import { isShown, numberIn } from "./numbers";
import { type Opened, untilShown, withChromium } from "./open";
import { FIRST, loadReference, type Reference } from "./reference";
import { choose, goTo, lookFrom, openWith, texts, type } from "./views";

withChromium();

const TEXT = "She gave him the book.";

let reference: Reference;
let opened: Opened;
let page: Page;
beforeAll(async () => {
  ({ reference, opened, page } = await openWith(TEXT));
});
afterAll(() => opened.close());

/** Softmax of a row of logits, largest first. */
function likeliest(logits: Float32Array): readonly { readonly id: number; readonly probability: number }[] {
  const most = Math.max(...logits);
  const sum = logits.reduce((all, logit) => all + Math.exp(logit - most), 0);
  return Array.from(logits, (logit, id) => ({ id, probability: Math.exp(logit - most) / sum })).toSorted(
    (a, b) => b.probability - a.probability,
  );
}

describe("steps", () => {
  test("are walked by arrow keys, and each cell is the engine's number", async () => {
    const region = await goTo(page, "Steps");
    await page.getByRole("gridcell", { name: "Layer 1, head 2", exact: true }).click();
    await region.getByRole("tab", { name: "Softmax" }).focus();
    for (let times = 0; times < 3; times++) await page.keyboard.press("ArrowLeft");
    await expect.poll(() => region.getByRole("tab", { selected: true }).textContent()).toBe("Dot product");
    const cells = region.getByRole("grid", { name: "Dot products" }).getByRole("gridcell");
    const { data } = reference.site(TEXT, "blocks.1.attn.step_dot");
    const tokens = reference.tokens(TEXT).length;
    await expect.poll(() => cells.count()).toBe(tokens * tokens);
    const labels = await cells.evaluateAll((all) => all.map((each) => each.getAttribute("aria-label") ?? ""));
    labels.forEach((label, at) => {
      expect(isShown(label, data[2 * tokens * tokens + at] ?? Number.NaN), `cell ${at}: ${label}`).toBe(true);
    });
  });
});

describe("block", () => {
  test("says what attention writes to the stream of the chosen token, and how long the stream is", async () => {
    const region = await goTo(page, "Block");
    await lookFrom(page, "him", 2);
    const stream = row(reference.site(TEXT, "blocks.1.hook_resid_pre"), 2);
    const writes = row(reference.site(TEXT, "blocks.1.hook_attn_out"), 2);
    const drawing = region.getByRole("group", { name: "The block as it is wired" });
    const said = async () =>
      (await texts(drawing.locator("text"))).find((text) => text.startsWith("writes")) ?? "";
    const cosine = dotOf(stream, writes) / (normOf(stream) * normOf(writes));
    await expect.poll(async () => isShown(await said(), normOf(writes))).toBe(true);
    expect(isShown((await said()).split("cos")[1] ?? "", cosine)).toBe(true);
    const enters = (await texts(drawing.locator("text"))).find((text) => text.startsWith("x,")) ?? "";
    expect(isShown(enters, normOf(stream))).toBe(true);
  });
});

describe("output", () => {
  test("of a model that writes is its next token, over the whole vocabulary", async () => {
    const region = await goTo(page, "Output");
    const logits = reference.site(TEXT, "logits");
    const [best, second] = likeliest(row(logits, (logits.shape[0] ?? 1) - 1));
    const rows = region.getByRole("list", { name: "Next token" }).getByRole("listitem");
    await expect.poll(async () => (await texts(rows))[0] ?? "").toContain("%");
    const shares = await texts(rows.locator("span:last-child"));
    const shown = shares.filter((text) => text.includes("%"));
    expect(isShown(shown[0] ?? "", best?.probability ?? 0), shown[0]).toBe(true);
    expect(isShown(shown[1] ?? "", second?.probability ?? 0), shown[1]).toBe(true);
  });

  test("of a masked model fills the word that is clicked", async () => {
    const masked = await loadReference("masked");
    await choose(page, "masked");
    await untilShown(page, masked.tokens(TEXT));
    const region = await goTo(page, "Output");
    await region.getByRole("button", { name: "Mask book" }).click();
    const hidden = "She gave him the [MASK].";
    await untilShown(page, masked.tokens(hidden));
    const at = masked.encode(hidden).ids.indexOf(masked.spec.ids.mask ?? -1);
    const { ids, typeIds } = masked.encode(hidden);
    const [best] = likeliest(row(masked.siteOf({ ids, tokenTypeIds: typeIds }, "logits"), at));
    const filled = region
      .getByRole("group", { name: "Words that can be masked" })
      .locator("[aria-pressed=true]");
    await expect
      .poll(async () => isShown((await filled.locator("small").textContent()) ?? "", best?.probability ?? 0))
      .toBe(true);
    await filled.click();
    await expect
      .poll(() => page.getByRole("textbox", { name: "Sentence" }).inputValue())
      .not.toContain("[MASK]");
  });

  for (const [model, text, kind] of [
    ["sentiment", "The food was wonderful.", "sequence"],
    ["entities", "Anna works in London.", "token"],
  ] as const) {
    test(`of the ${model} model is a class with the engine's probability`, async () => {
      const classifier = await loadReference(model);
      await choose(page, model);
      await type(page, text, classifier.tokens(text));
      const region = await goTo(page, "Output");
      const position = kind === "token" ? 1 : 0;
      if (kind === "token") await lookFrom(page, "anna", 1);
      const { ids, typeIds } = classifier.encode(text);
      const [best] = likeliest(row(classifier.siteOf({ ids, tokenTypeIds: typeIds }, "logits"), position));
      const head = classifier.spec.heads.find((each) => each.kind === kind);
      const label = head !== undefined && head.kind !== "lm" ? head.labels[best?.id ?? -1] : "";
      const first = region.getByRole("list", { name: "Class" }).getByRole("listitem").first();
      await expect.poll(() => first.textContent()).toContain(label);
      expect(isShown((await first.locator("span").last().textContent()) ?? "", best?.probability ?? 0)).toBe(
        true,
      );
    });
  }
});

describe("digits", () => {
  test("a sample on the pad is read as the engine reads its pixels", async () => {
    const digits = await loadReference("digits");
    const region = await goTo(page, "Digits");
    const [, , , , , five] = await readSamples(`${inject("site")}models/digits/`);
    await region.getByRole("button", { name: "A drawn 5" }).click();
    const embed = digits.spec.stacks[0]?.embed;
    const { preprocessing } = digits.loaded;
    if (embed?.kind !== "patches" || preprocessing === null || five === undefined)
      throw new Error("no digits");
    const image = pixelsOf(padPicture(five.pixels), embed, preprocessing);
    const all = likeliest(row(digits.siteOf({ ids: [], image }, "logits" as SiteName), 0));
    const classes = region.getByRole("list", { name: "Classes" }).getByRole("listitem");
    const probability = (id: number) => all.find((each) => each.id === id)?.probability ?? Number.NaN;
    await expect.poll(() => classes.count()).toBe(10);
    await expect
      .poll(async () =>
        (await texts(classes.locator("span:last-child"))).every((text, id) => isShown(text, probability(id))),
      )
      .toBe(true);
  });

  test("what is drawn with the pen is read, and cleared again", async () => {
    const region = page.getByRole("region", { name: "Digits" });
    await region.getByRole("button", { name: "Clear" }).click();
    const pad = region.getByRole("application", { name: "Pad" });
    const box = await pad.boundingBox();
    if (box === null) throw new Error("no pad");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.15);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.85, { steps: 12 });
    await page.mouse.up();
    await expect.poll(() => region.getByText(/^It reads a/).textContent()).toMatch(/It reads a 1,/);
  });
});

test("the first model comes back with the words that were typed last", async () => {
  await choose(page, FIRST);
  await untilShown(page, reference.tokens("Anna works in London."));
  expect(numberIn("2.31\u202f×\u202f10⁻⁵")).toBeCloseTo(2.31e-5, 10);
  expect(opened.complaints).toEqual([]);
});
