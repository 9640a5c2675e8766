import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LONG, longText, writeLongModel } from "../support/longModel";
import { type Opened, openSite, sentence, withChromium } from "./open";

withChromium();

const TOKENS = LONG.context;

let folder: string;
let opened: Opened | null = null;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "long-"));
  writeLongModel(folder);
  opened = await openSite("#v=1&lang=en");
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

test("a figure that is larger than a canvas is drawn as large as one may be, and the button says so", async () => {
  if (opened === null) throw new Error("no page");
  const { page, complaints } = opened;
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog");
  const saved = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("button", { name }).click(),
    ]);
    return readFileSync(await download.path());
  };
  for (const [drawnAs, button] of [
    ["Heatmap", "PNG, twice the size"],
    ["Sight-lines", "times the size: browsers draw no more"],
  ] as const) {
    await dialog.getByText(drawnAs, { exact: true }).click();
    const bytes = await saved(button);
    const svg = (await saved("SVG")).toString();
    // A picture of 60 million pixels is not unpacked for this: its size is in its header, and paper alone packs to less.
    const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    const [, across, down] = (/ width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? []).map(Number);
    expect(width / height, drawnAs).toBeCloseTo(Number(across) / Number(down), 2);
    expect(Math.max(width, height), drawnAs).toBeLessThanOrEqual(16_384);
    if (drawnAs === "Heatmap") expect(width).toBe(2 * Math.round(Number(across)));
    else expect(Math.max(width, height)).toBeGreaterThan(16_000);
    expect(bytes.length, drawnAs).toBeGreaterThan((width * height) / 400);
  }
  expect(complaints).toEqual([]);
}, 120_000);
