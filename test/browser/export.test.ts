import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { readNpy } from "../../src/cli/npy";
import { readPng } from "../../src/cli/png";
import { readTrace } from "../../src/model/traceFile";
import { openSite, untilLive, withChromium } from "./open";

withChromium();

const LINK = "#v=1&lang=en&text=The+moon+rose.&layer=1&head=2&step=softmax&theme=light";

async function saved(page: Page, button: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("dialog").getByRole("button", { name: button, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

describe("the Export dialog", () => {
  test("saves files that say what they are, whose numbers are those of the trace", async () => {
    const { page, complaints, close } = await openSite(LINK, { acceptDownloads: true });
    await untilLive(page);
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const whole = await saved(page, "Whole trace (safetensors)");
    expect(whole.name).toBe("first-light_the-moon-rose_trace.safetensors");
    const trace = readTrace(new Uint8Array(whole.bytes), whole.name);
    const pattern = trace.sites["blocks.1.attn.hook_pattern"];
    const n = trace.tokens.length;
    const head = pattern?.data.subarray(2 * n * n, 3 * n * n);

    const npy = await saved(page, ".npy");
    expect(npy.name).toBe("first-light_the-moon-rose_L1H2_attn.hook_pattern.npy");
    expect(readNpy(new Uint8Array(npy.bytes), npy.name)).toMatchObject({ shape: [n, n], values: head });
    const csv = (await saved(page, "CSV")).bytes.toString();
    const last = csv
      .trimEnd()
      .split("\r\n")
      .slice(1)
      .map((line) => Math.fround(Number(line.split(",").at(-1))));
    expect(Float32Array.from(last)).toEqual(head);

    const svg = (await saved(page, "SVG")).bytes.toString();
    expect(svg).toContain(">moon</text>");
    const png = readPng(new Uint8Array((await saved(page, "PNG, twice the size")).bytes), "figure.png");
    const width = Number(/ width="([\d.]+)"/.exec(svg)?.[1]);
    expect(png.width).toBe(2 * Math.round(width));
    expect(new Set(Array.from(png.data)).size).toBeGreaterThan(20);
    expect(complaints).toEqual([]);
    await close();
  });

  test("saves a page that shows the same numbers from a disk, with no other file", async () => {
    const { page, close } = await openSite(LINK, { acceptDownloads: true });
    await untilLive(page);
    const attention = /attention\s*(\d\.\d+)/;
    const cell = page.locator("#view-cell");
    await cell
      .getByText(attention)
      .or(cell.getByText("attention", { exact: true }))
      .first()
      .waitFor();
    const [, share = "none"] = attention.exec((await cell.textContent()) ?? "") ?? [];
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("dialog").getByRole("button", { name: "Page that works alone (HTML)" }).click(),
    ]);
    const path = `${await download.path()}.html`;
    await download.saveAs(path);
    const alone = await page.context().newPage();
    const requests: string[] = [];
    const errors: string[] = [];
    alone.on("request", (request) => requests.push(request.url()));
    alone.on("pageerror", (error) => errors.push(String(error)));
    await alone.goto(`file://${path}`);
    await alone.getByRole("tab", { name: "Softmax", selected: true }).waitFor();
    await alone.getByText(share, { exact: true }).first().waitFor();
    expect(errors).toEqual([]);
    expect(requests.filter((url) => !/^(file:|data:|blob:)/.test(url))).toEqual([]);
    await close();
  });
});
