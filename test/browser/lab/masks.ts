import { expect } from "vitest";
import { changed, N, QUERY, type Rows, same } from "./row";

/** Masks and their cost. */
export const MASKS: Rows = {
  B8: {
    card: "maskShape",
    async check(card) {
      const pairs = (wanted: number) => expect.poll(() => card.fact("pairs")).toBe(wanted);
      const union = Array.from({ length: N }, (_, i) =>
        Array.from({ length: i + 1 }, (_, j) => i - j).filter((far) => far < 4 || far % 4 === 0),
      );
      await pairs(union.flat().length);
      await card.choose("Mask", "causal");
      await pairs((N * (N + 1)) / 2);
      await card.choose("Mask", "padding");
      await pairs(((N - 4) * (N - 3)) / 2 + 4 * (N - 4));
      await card.choose("Mask", "window");
      await pairs(1 + 2 + 3 + (N - 3) * 4);
      await card.slide("k", 1);
      await pairs(N);
      await card.choose("Mask", "all pairs");
      await pairs(N * N);
      await card.article.getByRole("gridcell").first().click();
      await pairs(N * N - 1);
    },
  },
  C5: {
    card: "futureMask",
    async check(card) {
      await expect.poll(() => card.fact("ahead"), { message: "the future leaks in" }).toBeGreaterThan(0.01);
      await card.choose("Causal mask", "on");
      await expect.poll(() => card.fact("ahead")).toBe(0);
    },
  },
  D10: {
    card: "futureMask",
    async check(card) {
      const [own = 0, peeking = 0] = await card.row("bits that the typed text costs");
      expect(peeking, "what it was not trained for does not help it").toBeGreaterThan(own);
      await card.choose("Causal mask", "on");
      await same(card, "bits that the typed text costs");
    },
  },
  E6: {
    card: "maskValue",
    async check(card) {
      await changed(card, /^mean attention to hidden/).toBeGreaterThan(0.01);
      await changed(card, /^e to the score/).toBe(1);
      await card.choose("Score of a hidden key", "−10000");
      await changed(card, /^mean attention to hidden/).toBe(0);
    },
  },
  recurrence: {
    card: "recurrence",
    async check(card) {
      const keys = (wanted: number) => expect.poll(() => card.fact("keys")).toBe(wanted);
      await keys(4 + (QUERY % 4) + 1);
      await card.slide("Memory", 0);
      await keys((QUERY % 4) + 1);
      await card.slide("Segment", 16);
      await keys(QUERY + 1);
      await same(card, /^keys that/);
    },
  },
};
