import { describe, expect, test } from "vitest";
import { openSite, sentence, untilLive, untilShown, withChromium } from "./open";
import { loadReference } from "./reference";

withChromium();

describe("without a network, after one visit", () => {
  test("the page opens, runs its model on a new sentence, and shows every view", async () => {
    const reference = await loadReference();
    const { page, complaints, close } = await openSite("#v=1&lang=en", { serviceWorkers: "allow" });
    await untilLive(page);
    const kept = () =>
      page.evaluate(async () => {
        const names = await caches.keys();
        const counts = await Promise.all(
          names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
        );
        return counts.flat().some((url) => url.endsWith("causal/model.safetensors.gz"));
      });
    await expect.poll(kept, { timeout: 45_000 }).toBe(true);
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
    await page.getByRole("button", { name: "中文" }).click();
    await page.getByRole("textbox", { name: "句子" }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  }, 120_000);
});
