import { statSync } from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { SHIPPED_MODELS } from "../../src/model/registry";
import type { View } from "../../src/store/views";
import { goToAddress, openSite, placeOf, sentence, untilLive, untilShown, withChromium } from "./open";
import { loadReference } from "./reference";
import { choose } from "./views";

withChromium();

describe("without a network, after one visit", () => {
  test("the page opens, runs its model on a new sentence, and shows every view", async () => {
    const reference = await loadReference();
    const { page, complaints, close } = await openSite("#v=1&lang=en", { serviceWorkers: "allow" });
    await untilLive(page);
    await page.getByRole("button", { name: "Keys", exact: true }).click();
    // What the page says of it is asked of the cache itself.
    await page.getByText(/^Everything is kept in this browser/).waitFor();
    const missing = await page.evaluate(async () => {
      const { files } = JSON.parse(
        /MODELS = (\{.*\});/.exec(await (await fetch("./sw.js")).text())?.[1] ?? "",
      ) as { files: string[] };
      const found = await Promise.all(files.map((file) => caches.match(new URL(file, document.baseURI))));
      const kept = await Promise.all(
        (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
      );
      const scripts = kept.flat().filter(({ url }) => /\/models\/.*\.js$/.test(url)).length;
      return { count: files.length, scripts, missing: files.filter((_, at) => found[at] === undefined) };
    });
    expect(missing.count).toBeGreaterThan(100);
    expect(missing.missing).toEqual([]);
    // Those are for frames that no service worker serves, and would double what the first visit fetches.
    expect(missing.scripts).toBe(0);
    await page.keyboard.press("Escape");
    await page.context().setOffline(true);
    complaints.length = 0;
    await page.reload();
    await untilLive(page);
    await sentence(page).fill("The moon is far away");
    await untilShown(page, reference.tokens("The moon is far away"));
    for (const view of ["Lines", "Neuron", "Decode"]) {
      await page.getByRole("navigation").getByRole("link", { name: view }).click();
      await page.getByRole("region", { name: view }).first().waitFor();
    }
    // Nothing of what follows was ever opened with a network: a checkpoint, a sibling, each model, an embed, a page to keep.
    const start = "v=1&lang=en";
    const there = (fragment: string, view: View) =>
      goToAddress(page, `${start}&view=${view}${fragment}`, placeOf(view));
    await there("&experiment=training&switches=step:300", "training");
    await page.getByText("Pattern of layer 0, head 0 after 300 steps").waitFor();
    await there("&experiment=extrapolate&switches=scheme:rope", "lab");
    await page.getByText("Runs on the sibling that was trained this way: rope.").waitFor();
    await there("", "lines");
    for (const { id } of SHIPPED_MODELS.filter((each) => each.id !== "digits" && each.id !== "causal")) {
      await choose(page, id);
      await page.waitForFunction(
        (model) =>
          document.querySelector<HTMLSelectElement>("select[class*=model], [class*=model] select")?.value ===
            model && document.querySelector("[data-live=true] bdi") !== null,
        id,
      );
      expect(await page.getByRole("alert").count(), id).toBe(0);
    }
    await goToAddress(page, `${start}&lesson=a3&at=2`, "main section[data-view] h2");
    await goToAddress(page, `${start}&view=lines`, placeOf("lines"));
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      (async () => {
        await page.getByRole("button", { name: "Export", exact: true }).click();
        await page.getByRole("button", { name: "Page that works alone (HTML)" }).click();
      })(),
    ]);
    expect(statSync(await saved.path()).size).toBeGreaterThan(1_000_000);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "中文" }).click();
    await page.getByRole("textbox", { name: "句子" }).waitFor();
    expect(await page.context().cookies()).toEqual([]);
    await page.goto(`${inject("site")}embed.html#v=1&lang=en&view=heads`);
    await untilLive(page);
    expect(complaints).toEqual([]);
    await close();
  }, 240_000);
});
