import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { openSite, sentence, untilLive, untilShown, withChromium } from "./open";
import { loadReference } from "./reference";

withChromium();

const MODEL = "**/model.safetensors.gz";

describe("while the model loads", () => {
  test("the stored example is painted, with its pattern", async () => {
    const { page, complaints, close } = await openSite("", {}, undefined, (each) =>
      each.route(MODEL, () => new Promise(() => undefined)),
    );
    const grid = page.getByRole("grid", { name: "Attention pattern" });
    await grid.waitFor();
    expect(await grid.getByRole("gridcell").count()).toBeGreaterThan(100);
    expect(complaints).toEqual([]);
    await close();
  });

  test("no model is asked for before the stored example is there", async () => {
    const { page, close } = await openSite();
    await untilLive(page);
    const asked = await page.evaluate(() => {
      const loaded = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
      const example = loaded.find(({ name }) => name.endsWith("example.trace"));
      return loaded.filter((each) => each.startTime < (example?.responseEnd ?? 0)).map(({ name }) => name);
    });
    expect(asked.some((url) => url.endsWith("example.trace"))).toBe(true);
    expect(asked.filter((url) => /\.wasm|config|tokenizer|safetensors/.test(url))).toEqual([]);
    await close();
  });

  test("less than 150 KB, packed, stand before the first pattern: what the page names, and the stored numbers", () => {
    const html = readFileSync("dist/index.html", "utf8");
    const named = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].map(
      ([, file]) => file,
    );
    const files = ["index.html", "models/causal/example.trace", ...named];
    const sizes = files.map((file) => gzipSync(readFileSync(`dist/${file}`)).length);
    expect(named.map((file) => file?.split(".").at(-1))).toEqual(["js", "css"]);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000);
  });

  test("it can be stopped, which is said, and tried again", async () => {
    const reference = await loadReference();
    let first = true;
    const { page, close } = await openSite("#v=1&text=Hello+there&lang=en", {}, undefined, (each) =>
      each.route("**/tokenizer.json", (route) => {
        if (!first) return route.continue();
        first = false;
        return undefined;
      }),
    );
    const cancelled = page.waitForEvent("requestfailed", (request) =>
      request.url().endsWith("tokenizer.json"),
    );
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Stopped.").waitFor();
    await cancelled;
    await page.getByRole("button", { name: "Retry" }).click();
    await untilShown(page, reference.tokens("Hello there"));
    await close();
  });

  test("a failure is told in the reader's language, and Retry mends it", async () => {
    const reference = await loadReference();
    let broken = true;
    const { page, close } = await openSite("#v=1&text=Hello+there&lang=zh", {}, undefined, (each) =>
      each.route(MODEL, (route) => (broken ? route.fulfill({ status: 503, body: "no" }) : route.continue())),
    );
    const alert = page.getByRole("alert");
    await alert.getByText("返回状态 503").waitFor();
    broken = false;
    await alert.getByRole("button", { name: "重试" }).click();
    await page.waitForFunction(() => document.querySelector("[data-live=true]") !== null);
    await page.getByRole("button", { name: "English" }).click();
    await untilShown(page, reference.tokens("Hello there"));
    await close();
  });

  for (const [name, body, message] of [
    ["cut short", Buffer.from([0x1f, 0x8b, 8, 0, 0]), /model\.safetensors\.gz/],
    ["not a safetensors file", Buffer.from("hello world, this is no model at all"), /model\.safetensors\.gz/],
  ] as const) {
    test(`a file that is ${name} is a named error, and the sentence stays`, async () => {
      const { page, close } = await openSite("#v=1&text=Hello+there&lang=en", {}, undefined, (each) =>
        each.route(MODEL, (route) => route.fulfill({ status: 200, body })),
      );
      await page.getByRole("alert").getByText(message).waitFor();
      expect(await sentence(page).inputValue()).toBe("Hello there");
      await page.getByRole("button", { name: "Retry" }).waitFor();
      await close();
    });
  }
});

describe("while it runs", () => {
  test("typing fast shows the last text, and the page never stands still", async () => {
    const reference = await loadReference();
    const { page, complaints, close } = await openSite("#v=1&text=Hello&lang=en");
    await untilLive(page);
    const text = "The quick brown fox jumps over the lazy dog and runs away from the old grey wolf.";
    await sentence(page).fill("");
    await sentence(page).pressSequentially(text, { delay: 0 });
    await untilShown(page, reference.tokens(text));
    expect(complaints).toEqual([]);
    await close();
  });

  test("an error of another model's files keeps the last picture", async () => {
    const { page, close } = await openSite("#v=1&text=Hello+there&lang=en", {}, undefined, (each) =>
      each.route("**/masked/config.json", (route) => route.fulfill({ status: 503, body: "no" })),
    );
    await untilLive(page);
    const cells = page.getByRole("grid", { name: "Attention pattern" }).getByRole("gridcell");
    await cells.first().waitFor();
    const before = await cells.count();
    await page.evaluate(() => {
      location.hash = "#v=1&text=Hello+there&model=masked&lang=en";
    });
    await page.getByRole("alert").getByText("503").waitFor();
    expect(await cells.count()).toBe(before);
    await close();
  });

  test("a link's model that nobody ships is named, and the default model runs", async () => {
    const { page, close } = await openSite("#v=1&text=Hello+there&lang=en");
    await untilLive(page);
    await page.evaluate(() => {
      location.hash = "#v=1&text=Hello+there&model=nobody&lang=en";
    });
    await page.getByText("nobody").waitFor();
    await untilLive(page);
    await close();
  });
});
