import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LONG, longText, writeLongModel } from "../support/longModel";
import { type Opened, openSite, sentence, withChromium } from "./open";

withChromium();

const TOKENS = LONG.context;

let folder: string;
let opened: Opened | null = null;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "long-"));
  writeLongModel(folder);
  opened = await openSite("#v=1&lang=en", { acceptDownloads: true });
  const { page } = opened;
  await page.getByRole("button", { name: "Open…" }).click();
  await page.locator("input[type=file][webkitdirectory]").setInputFiles(folder);
  await page.waitForFunction(() => document.querySelector("[data-live=true] bdi")?.textContent === "1");
  await sentence(page).fill(longText(TOKENS));
  await page.waitForFunction(
    (count) => document.querySelectorAll("[data-live=true] bdi").length === count,
    TOKENS,
  );
}, 120_000);
afterAll(async () => {
  await opened?.close();
  rmSync(folder, { recursive: true });
});

test("512 tokens in 144 heads stand a pointer that runs over heads and cells a hundred times", async () => {
  if (opened === null) throw new Error("no page");
  const { page, complaints } = opened;
  for (const grid of ["All heads", "Attention pattern"]) {
    const box = await page.getByRole("grid", { name: grid }).boundingBox();
    if (box === null) throw new Error(`no ${grid}`);
    for (let at = 0; at < 100; at++) {
      const x = box.x + box.width * (0.2 + 0.7 * ((at * 37) % 100) * 0.01);
      const y = box.y + box.height * (0.2 + 0.7 * ((at * 61) % 100) * 0.01);
      await page.mouse.move(x, y);
    }
  }
  expect(complaints).toEqual([]);
  expect(await page.getByRole("alert").count()).toBe(0);
});

/** Saves the figure that the Export dialog shows as a PNG: what its button was called, its size, and what is in it. */
async function savedPng(page: Page) {
  const button = page.getByRole("dialog").getByRole("button", { name: /^PNG/ });
  const name = await button.textContent();
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  const bytes = readFileSync(await download.path()).toString("base64");
  // The browser reads it again: some fifty million pixels, of which a small picture is enough.
  const read = await page.evaluate(async (base64) => {
    const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([data], { type: "image/png" }));
    const canvas = new OffscreenCanvas(64, 64);
    const pen = canvas.getContext("2d");
    pen?.drawImage(picture, 0, 0, 64, 64);
    const pixels = pen?.getImageData(0, 0, 64, 64).data ?? [];
    return { width: picture.width, height: picture.height, pixels: Array.from(pixels) };
  }, bytes);
  return { name, ...read };
}

/** How many values there are in each of 16 bands of a picture, from top to bottom, between two columns of 64. */
function valuesIn(pixels: readonly number[], from: number, to: number): readonly number[] {
  return Array.from({ length: 16 }, (_, band) => {
    const rows = [0, 1, 2, 3].map((row) => 4 * 64 * (4 * band + row));
    return new Set(rows.flatMap((row) => pixels.slice(row + 4 * from, row + 4 * to))).size;
  });
}

describe("the Export dialog at 512 tokens", () => {
  test("saves a heatmap twice its size, and sight-lines as large as a canvas can be, which it says; no part is blank", async () => {
    if (opened === null) throw new Error("no page");
    const { page, complaints } = opened;
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "What to save" }).selectOption("attn.hook_pattern");
    const heatmap = await savedPng(page);
    expect(heatmap.name).toBe("PNG, twice the size");
    expect(heatmap.width).toBeGreaterThan(2 * 3 * TOKENS);
    // The first queries see no key that far to the right.
    expect(Math.min(...valuesIn(heatmap.pixels, 6, 20).slice(2))).toBeGreaterThan(8);
    await dialog.getByRole("radio", { name: "Sight-lines" }).check();
    const lines = await savedPng(page);
    expect(lines.name).toMatch(/^PNG, 1\.\d+ times the size: browsers draw no more$/);
    expect(lines.height).toBeLessThanOrEqual(16_384);
    // The longer side is as long as it may be.
    expect(lines.height).toBeGreaterThan(16_000);
    expect(Math.min(...valuesIn(lines.pixels, 20, 44))).toBeGreaterThan(8);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  }, 120_000);
});
