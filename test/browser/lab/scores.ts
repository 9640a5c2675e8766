import { expect } from "vitest";
import { changed, D, N, type Rows, same } from "./row";

/** Scores and what makes rows of them. */
export const SCORES: Rows = {
  B5: {
    card: "noise",
    async check(card) {
      const [, share = 0] = await card.row(/^how far a share moves/);
      const [, mix = 0] = await card.row(/^how far the mix o moves/);
      expect(mix, "what is mixed averages the noise out").toBeLessThan(share);
      const some = await card.fact("mix");
      await card.slide("Noise σ on each score", 2);
      expect(await card.moved("mix", some), "more noise, more error").toBeGreaterThan(some);
      await card.slide("Noise σ on each score", 0);
      await expect.poll(() => card.fact("mix"), { message: "no noise, no error" }).toBe(0);
    },
  },
  B6: {
    card: "scale",
    async check(card) {
      const [root = 0, none = 0] = await card.row(/^mean entropy/);
      expect(none, "unscaled rows are sharper").toBeLessThan(root);
      await card.slide("Scores times d⁻ᵖ", 1);
      await changed(card, /^mean entropy/).toBeGreaterThan(root);
      await card.slide("Scores times d⁻ᵖ", 0.5);
      await same(card, /^mean entropy/);
    },
  },
  D5: {
    card: "scale",
    // With two keys the larger share is over a half: the sharper the row, the smaller the slope.
    rest: "&layer=0&query=1",
    async check(card) {
      const [scaled = 0, raw = 0] = await card.row(/^largest slope/);
      expect(raw, "without the scale the slope goes to nothing").toBeLessThan(scaled);
      const [product = 0, unscaled = 0] = await card.row(/^largest scaled product/);
      expect(unscaled / product / Math.sqrt(D), "products are √d larger").toBeCloseTo(1, 1);
      await card.slide("Scores times d⁻ᵖ", 1);
      await expect
        .poll(async () => {
          const [own = 0, overD = 0] = await card.row(/^largest scaled product/);
          return (overD / own) * Math.sqrt(D);
        })
        .toBeCloseTo(1, 1);
    },
  },
  E4: {
    card: "variance",
    async check(card) {
      for (const d of [16, 200]) {
        await card.slide("Width d", d);
        await expect.poll(async () => (await card.row("variance (expected)"))[0]).toBe(d);
        const [raw = 0, scaled = 0] = await card.row("variance (measured)");
        // 1,600 samples: four standard errors are a seventh.
        expect(Math.abs(raw / d - 1), `q·k of width ${d}`).toBeLessThan(0.15);
        expect(Math.abs(scaled - 1), `q·k/√d of width ${d}`).toBeLessThan(0.15);
      }
    },
  },
  E5: {
    card: "jacobian",
    async check(card) {
      const z = card.article.getByRole("textbox", { name: /^z/ });
      expect(await card.row("s")).toEqual([1, 0, 0]);
      expect(await card.row("sᵢ(1 − sᵢ)")).toEqual([0, 0, 0]);
      expect((await card.row("eᶻ as written"))[0], "e¹⁰⁰⁰ overflows").toBe(Number.POSITIVE_INFINITY);
      await z.fill("0, 0");
      await expect.poll(() => card.row("sᵢ(1 − sᵢ)"), { message: "equal scores" }).toEqual([0.25, 0.25]);
      await z.fill("0, NaN, x");
      await card.article.getByRole("alert").waitFor();
    },
  },
  B7: {
    card: "concentrate",
    async check(card) {
      const [soft = 0, linear = 0] = await card.row(/^mean largest share/);
      expect(soft, "softmax concentrates").toBeGreaterThan(linear);
      await card.choose("φ", "Performer");
      await card.slide("Performer features", 4);
      await changed(card, "rank at most").toBe(N);
      const [, full = 0] = await card.row("smallest singular value");
      expect(full, "a causal pattern has full rank").toBeGreaterThan(1e-4);
      await card.choose("Reads", "both ways");
      await changed(card, "rank at most").toBe(4);
      // Of rank 4 in 13 dimensions: what is left is rounding.
      expect((await card.row("smallest singular value"))[1]).toBeLessThan(1e-6);
    },
  },
  B2: {
    card: "scoreRule",
    async check(card) {
      await expect.poll(() => card.fact("shift"), { message: "no word changes a random table" }).toBe(0);
      await card.choose("Score rule", "q·k");
      await expect.poll(() => card.fact("shift")).toBeGreaterThan(0);
    },
  },
  E3: {
    card: "scoreRule",
    async check(card) {
      await card.choose("Score rule", "additive");
      await changed(card, /^multiplications/).toBe(2 * N * D * D + N * N * D);
      expect((await card.row(/^multiplications/))[0]).toBe(N * N * D);
      await expect
        .poll(() => card.fact("shift"), { message: "additive scores compare tokens" })
        .toBeGreaterThan(0);
    },
  },
  normaliser: {
    card: "normaliser",
    async check(card) {
      await changed(card, /^sum of the chosen row/).toBeLessThan(1);
      await card.choose("Normaliser", "softmax");
      await changed(card, /^sum of the chosen row/).toBe(1);
      await card.slide("Temperature", 5);
      await expect
        .poll(async () => {
          const [own = 0, hot = 0] = await card.row(/^largest entry/);
          return hot < own;
        })
        .toBe(true);
      await changed(card, /^mean sum/).toBe(1);
    },
  },
};
