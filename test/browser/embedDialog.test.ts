import { describe, expect, test } from "vitest";
import { frameOf, openBlog, untilFrameLive } from "./blog";
import { hostPage } from "./host";
import { goToAddress, openSite, placeOf, untilLive, withChromium } from "./open";

withChromium();

describe("the Embed dialog", () => {
  test("gives code that shows on another page what it previews", async () => {
    const { page, complaints, close } = await openSite("#v=1&lang=en&text=A+small+dog");
    await untilLive(page);
    await page.getByRole("button", { name: "Embed", exact: true }).click();
    const code = await page.getByRole("textbox", { name: "Embed code" }).inputValue();
    const preview = page.frameLocator("dialog iframe");
    await preview.getByText("dog").first().waitFor();
    expect(complaints).toEqual([]);
    await close();
    const host = await hostPage(`<!doctype html><body>${code}`);
    const other = await openSite();
    await other.page.goto(host.url);
    await other.page.frameLocator("iframe").getByText("dog").first().waitFor();
    await other.close();
    host.close();
  });

  test("knows on a phone how high the figure is, though its preview lies below the screen", async () => {
    const { page, close } = await openSite("#v=1&lang=en&text=A+small+dog&view=lines", {
      viewport: { width: 360, height: 740 },
    });
    await untilLive(page);
    await page.getByRole("button", { name: "Embed", exact: true }).click();
    const preview = page.frameLocator("dialog iframe");
    await preview.locator("[data-live=true] bdi").first().waitFor();
    await preview.locator("main canvas").first().waitFor();
    const code = page.getByRole("textbox", { name: "Embed code" });
    await expect
      .poll(async () => {
        const height = Number(/height="(\d+)"/.exec(await code.inputValue())?.[1]);
        const own = await preview.locator("#root").evaluate((root) => root.getBoundingClientRect().height);
        return own > 500 && height === Math.ceil(own);
      })
      .toBe(true);
    await close();
  });

  test("gives of a lesson's figure, opened in the full page, code that runs the same experiment in a frame without an origin", async () => {
    const { page, complaints, close } = await openSite("#v=1&lang=en&lesson=a7&at=3");
    const link = page.getByRole("link", { name: "Open in the full page" });
    await expect.poll(() => link.getAttribute("href")).toContain("experiment=residual");
    const fragment = (await link.getAttribute("href"))?.split("#")[1] ?? "";
    await goToAddress(page, fragment, placeOf("lab"));
    await untilLive(page);
    await page.getByRole("button", { name: "Embed", exact: true }).click();
    const code = await page.getByRole("textbox", { name: "Embed code" }).inputValue();
    expect(code).toContain("experiment=residual");
    expect(code).toContain('sandbox="allow-scripts allow-popups"');
    expect(complaints).toEqual([]);
    await close();
    const blogged = await openBlog(`<!doctype html><body>${code}`);
    const frame = await frameOf(blogged.page, 0);
    await untilFrameLive(frame);
    // That card alone, over the lesson's own sentence.
    await frame.locator("main[data-view=lab] article h3").first().waitFor();
    expect(await frame.locator("article").count()).toBe(1);
    const { text = "" } = Object.fromEntries(new URLSearchParams(fragment));
    expect(await frame.locator("textarea").first().inputValue()).toBe(text);
    expect(blogged.complaints()).toEqual([]);
    await blogged.close();
  });
});
