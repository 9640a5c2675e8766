import { mkdtempSync, rmSync } from "node:fs";
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
