import { describe, expect, test } from "vitest";
import { violations } from "./axe";
import { cardIn } from "./lab/card";
import { openSite, untilLive, withChromium } from "./open";

withChromium();

describe("the training view", () => {
  test("goes through the checkpoints by keyboard: pattern, heads and loss follow", async () => {
    const { page, complaints, close } = await openSite("#v=1&lang=en&view=training");
    await untilLive(page);
    const training = page.getByRole("region", { name: "Training" });
    const slider = training.getByRole("slider", { name: "Checkpoint" });
    await training.getByRole("grid").waitFor();
    const loss = cardIn(training);
    const heads = training.getByRole("listitem").filter({ has: page.getByRole("button") });
    const last = { loss: await loss.fact("loss"), heads: await heads.allTextContents() };
    await slider.focus();
    await page.keyboard.press("Home");
    expect(await loss.moved("loss", last.loss), "an untrained model knows nothing").toBeGreaterThan(
      last.loss,
    );
    await training.getByRole("grid", { name: /after 0 steps/ }).waitFor();
    expect(await heads.allTextContents()).not.toEqual(last.heads);
    await expect.poll(() => page.url()).toContain("step%3A0");
    await page.keyboard.press("End");
    await expect.poll(() => loss.fact("loss")).toBe(last.loss);
    await expect.poll(() => heads.allTextContents()).toEqual(last.heads);
    expect(complaints).toEqual([]);
    await close();
  });

  for (const theme of ["light", "dark"] as const) {
    test(`has nothing that axe complains of, ${theme}`, async () => {
      const { page, close } = await openSite(`embed.html#v=1&lang=en&view=training&theme=${theme}`);
      await page.getByRole("grid").waitFor();
      expect(await violations(page)).toEqual([]);
      await close();
    });
  }
});
