import { expect } from "vitest";
import { changed, N, type Rows, same } from "./row";

/** The residual stream, norms, and other ways of reading a sequence. */
export const MECHANISMS: Rows = {
  A1: {
    card: "paths",
    async check(card) {
      const path = () => expect.poll(() => card.row(/^steps from the first/));
      await path().toEqual([N - 1, Math.ceil((N - 1) / 2), 1]);
      expect(await card.fact("rnn"), "the first word fades in an RNN").toBeLessThan(
        await card.fact("attention"),
      );
      await card.choose("Dilated", "yes");
      await path().toEqual([N - 1, Math.ceil(Math.log(N) / Math.log(3)), 1]);
      await card.slide("Kernel k", 7);
      await path().toEqual([N - 1, Math.ceil(Math.log(N) / Math.log(7)), 1]);
    },
  },
  A7: {
    card: "residual",
    async check(card) {
      const [kept = 0, left = 1] = await card.row("movement left at the end");
      expect(left, "without the skips a small change is blocked on its way").toBeLessThan(kept / 10);
      const [alike = 1, merged = 0] = await card.row(/^mean cosine of two words/);
      expect(merged, "and the words become one").toBeGreaterThan(Math.max(alike, 0.9));
      const first = "gradient left at the input";
      await expect.poll(async () => new Set(await card.row(first)).size).toBe(2);
      await card.choose("Residual connections", "on");
      await same(card, /^mean cosine of two words/);
      await same(card, first);
      await same(card, /^gradient left after layer 2/);
      await same(card, "movement left at the end");
    },
  },
  D7: {
    card: "prePost",
    async check(card) {
      const length = /^length of the stream after layer 3/;
      const [own = 0, post = 0] = await card.row(length);
      expect(post, "what is scaled back stays short").toBeLessThan(own);
      await card.choose("Norm", "pre-norm");
      await same(card, length);
    },
  },
  E1: {
    card: "layerNorm",
    async check(card) {
      const alert = card.article.getByRole("alert").filter({ hasText: "what ε is for" });
      await card.choose("Norm", "LayerNorm");
      await card.choose("γ and β", "off");
      await changed(card, "standard deviation").toBeCloseTo(1, 2);
      await expect.poll(async () => Math.abs((await card.row("mean"))[1] ?? 1)).toBeLessThan(1e-4);
      await card.choose("Vector", "all entries alike");
      await card.slide("ε", -13);
      await alert.waitFor();
      await card.slide("ε", -5);
      await expect.poll(() => alert.count()).toBe(0);
      await changed(card, "standard deviation").toBe(0);
      await card.choose("γ and β", "on");
      await expect.poll(() => card.fact("bits"), { message: "its own ε and γ: its own answer" }).toBe(0);
      const length = /^length behind the first norm/;
      await same(card, length);
      const [own = 0] = await card.row(length);
      await card.slide("ε", 2);
      await changed(card, "ε of the run").toBe(100);
      await changed(card, length).toBeLessThan(own / 2);
      expect(await card.fact("bits"), "a large ε flattens what every part reads").toBeGreaterThan(0.1);
    },
  },
  B3: {
    card: "gau",
    async check(card) {
      const gau = await card.fact("ratio");
      expect(gau, "almost two orders of magnitude below what it reads").toBeLessThan(0.02);
      await card.choose("Unit", "multi-head attention");
      expect(await card.moved("ratio", gau), "the unit writes far less than it reads").toBeGreaterThan(
        5 * gau,
      );
    },
  },
  E2: {
    card: "convolution",
    async check(card) {
      await expect
        .poll(() => card.fact("gap"), { message: "heads of one offset are a convolution" })
        .toBeLessThan(1e-5);
      await card.choose("Kernel", "5 offsets");
      await expect.poll(() => card.article.getByRole("grid").count()).toBe(5);
      expect(await card.fact("gap")).toBeLessThan(1e-5);
      await card.slide("Score of the offset β", 2);
      await expect.poll(() => card.fact("gap"), { message: "blurred heads are not" }).toBeGreaterThan(0.05);
    },
  },
  B9: {
    card: "impact",
    rest: "&model=masked&text=The+dog+ran.",
    async check(card) {
      await card.article.getByRole("button", { name: /^Run/ }).click();
      const pieces = card.article.locator("[data-fact=segments] > span");
      await card.slide("Boundary below", 0);
      await expect.poll(() => pieces.count(), { message: "no neighbours are below nothing" }).toBe(1);
      await card.slide("Boundary below", 2);
      await expect.poll(() => pieces.count()).toBeGreaterThan(1);
    },
  },
};
