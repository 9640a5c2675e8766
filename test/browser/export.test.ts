import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { readNpy } from "../../src/cli/npy";
import { readPng } from "../../src/cli/png";
import { readTrace } from "../../src/model/traceFile";
import { isAlone, VIEWS } from "../../src/store/views";
import { fillOf, rampOf } from "../../src/viz/ramp";
import { goToAddress, openSite, placeOf, untilLive, withChromium } from "./open";

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
    expect(whole.name).toBe("causal_the-moon-rose_trace.safetensors");
    const trace = readTrace(new Uint8Array(whole.bytes), whole.name);
    const pattern = trace.sites["blocks.1.attn.hook_pattern"];
    const n = trace.tokens.length;
    const head = pattern?.data.subarray(2 * n * n, 3 * n * n);

    const npy = await saved(page, ".npy");
    expect(npy.name).toBe("causal_the-moon-rose_L1H2_attn.hook_pattern.npy");
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

  test("draws every view as it stands: text as text, a picture that is not blank, and what it is about", async () => {
    const wrong: string[] = [];
    const ofSteps: string[] = [];
    const { page, complaints, close } = await openSite(LINK, { acceptDownloads: true });
    await untilLive(page);
    for (const view of VIEWS.filter((each) => each === "steps" || isAlone(each))) {
      await goToAddress(page, `${LINK.slice(1)}&view=${view}`, placeOf(view));
      if (view === "steps")
        await page.getByRole("region", { name: "Steps" }).getByRole("grid").first().waitFor();
      await page.getByRole("button", { name: "Export", exact: true }).click();
      const select = page.getByRole("dialog").getByRole("combobox", { name: "What to save" });
      await select.waitFor();
      const shown = await select.locator("optgroup").first().locator("option").allTextContents();
      expect(shown.length, view).toBeGreaterThan(0);
      for (const name of view === "steps" ? shown : shown.slice(-1)) {
        await select.selectOption({ label: name });
        const svg = (await saved(page, "SVG")).bytes.toString();
        const png = readPng(new Uint8Array((await saved(page, "PNG, twice the size")).bytes), "figure.png");
        const read = await page.evaluate((xml) => {
          const { documentElement: root } = new DOMParser().parseFromString(xml, "image/svg+xml");
          return {
            isSvg: root.localName === "svg" && root.querySelector("parsererror, script, image") === null,
            texts: [...root.querySelectorAll("text")].map((each) => each.textContent ?? ""),
            width: Number(root.getAttribute("width")),
          };
        }, svg);
        if (!read.isSvg) wrong.push(`${name}: no plain SVG`);
        if (read.texts.length < 3) wrong.push(`${name}: hardly a text`);
        if (name === "Steps" && !read.texts.some((text) => /^\.\d\d$/.test(text)))
          wrong.push(`${name}: no number in a cell`);
        if (view === "steps") ofSteps.push(name);
        if (!read.texts.join(" ").includes("The moon rose.")) wrong.push(`${name}: no caption`);
        if (Math.abs(png.width - 2 * read.width) > 2) wrong.push(`${name}: not twice the size`);
        if (new Set(Array.from(png.data)).size < 20) wrong.push(`${name}: blank`);
      }
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    await close();
    expect(ofSteps).toContain("Steps");
    expect(wrong).toEqual([]);
    expect(complaints).toEqual([]);
  }, 240_000);

  test("paints all heads in the colours of their patterns, and draws a line for each share that is shown", async () => {
    const { page, close } = await openSite(`${LINK}&view=lines`, { acceptDownloads: true });
    await untilLive(page);
    await page.locator("main canvas").last().waitFor();
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const select = page.getByRole("dialog").getByRole("combobox", { name: "What to save" });
    await select.selectOption({ label: "Lines" });
    const lines = (await saved(page, "SVG")).bytes.toString();
    await select.selectOption({ label: "Heads" });
    const heads = (await saved(page, "SVG")).bytes.toString();
    const whole = await saved(page, "Whole trace (safetensors)");
    const trace = readTrace(new Uint8Array(whole.bytes), whole.name);
    await close();
    // The view begins with the heads of the layer, and shares of at least a tenth between words; here each word is a token.
    const pattern = trace.sites["blocks.1.attn.hook_pattern"];
    const drawn =
      lines.match(/<path fill="none" stroke="[^"]+"[^>]*stroke-linecap="round" d="M[^"]*C/g) ?? [];
    expect(drawn).toHaveLength(pattern?.data.filter((share) => share >= 0.1).length ?? -1);
    const ramp = rampOf("sequential", "light");
    const patterns = [0, 1, 2, 3].flatMap((layer) => [
      ...(trace.sites[`blocks.${layer}.attn.hook_pattern`]?.data ?? []),
    ]);
    const expected = new Set(patterns.map((share) => fillOf(ramp, share, 1).replaceAll(" ", ",")));
    const fills = new Set([...heads.matchAll(/<path fill="(rgb\([\d,]+\))" d="M/g)].map(([, fill]) => fill));
    expect([...expected].filter((fill) => !fills.has(fill))).toEqual([]);
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

  test("saves a page that, alone on a disk, shows every view or says what that needs", async () => {
    const { page, close } = await openSite(LINK, { acceptDownloads: true });
    await untilLive(page);
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const { bytes } = await saved(page, "Page that works alone (HTML)");
    await page.keyboard.press("Escape");
    const likeliest = await page.locator("#view-output li bdi").first().textContent();
    expect(likeliest).not.toBe("");
    const folder = mkdtempSync(join(tmpdir(), "alone-"));
    const alone = await page.context().newPage();
    const wrong: string[] = [];
    alone.on("pageerror", (error) => wrong.push(String(error)));
    alone.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) wrong.push(request.url());
    });
    for (const view of VIEWS) {
      // The place is all that differs between the pages of two views.
      const html = bytes.toString().replace(/data-fragment="v=1/, `data-fragment="v=1&amp;view=${view}`);
      expect(html).toContain(`view=${view}`);
      const path = join(folder, `${view}.html`);
      writeFileSync(path, html);
      await alone.goto(`file://${path}`);
      const main = alone.locator(`main[data-view=${view}]`);
      if (["decode", "lab", "training", "digits"].includes(view)) {
        await main.getByText("runs a model, and this page holds a saved trace alone.").waitFor();
        continue;
      }
      await main.locator("h2").first().waitFor();
      await main.getByText("A saved trace without its model").waitFor();
      // Outcomes go by their names, though their model is not here.
      if (view === "output")
        await expect.poll(() => main.locator("li bdi").first().textContent()).toBe(likeliest);
    }
    rmSync(folder, { recursive: true });
    await close();
    expect(wrong).toEqual([]);
  }, 240_000);
});
