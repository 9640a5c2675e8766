import { expect } from "vitest";
import { numberIn } from "../numbers";
import { changed, QUERY, type Rows } from "./row";

/** Heads, edges and layers. */
export const HEADS: Rows = {
  A5: {
    card: "oneHead",
    async check(card) {
      await expect.poll(() => card.fact("bits"), { message: "one wide head is not six" }).toBeGreaterThan(0);
      await card.choose("Heads", "as trained");
      await expect.poll(() => card.fact("bits")).toBe(0);
    },
  },
  "A5, each head": {
    card: "ablate",
    async check(card) {
      await expect.poll(() => card.fact("bits")).toBeGreaterThan(0);
      await card.choose("Taken out", "nothing");
      await expect.poll(() => card.fact("bits")).toBe(0);
      await card.article.getByRole("button", { name: "Take out each head in turn" }).click();
      await card.article.getByText(/ of 24 heads move the answer/).waitFor();
    },
  },
  E7: {
    card: "oneHead",
    async check(card) {
      const [own = 0] = await card.row(/^rows with more than 90/);
      await card.choose("Heads", "as trained");
      await card.choose("Divide by √d", "no");
      await changed(card, /^rows with more than 90/).toBeGreaterThan(own);
    },
  },
  edge: {
    card: "edge",
    async check(card) {
      const own = await card.fact("before");
      expect(own).toBeGreaterThan(0);
      await expect.poll(() => card.fact("after"), { message: "a cut edge carries nothing" }).toBe(0);
      expect(await card.fact("sum"), "the rest is shared out").toBeCloseTo(1, 2);
      await card.choose("The edge", "cut, nothing instead");
      await expect.poll(() => card.fact("sum")).toBeCloseTo(1 - own, 2);
      await card.choose("The edge", "its score set");
      await card.slide("Score", 10);
      await expect.poll(() => card.fact("after"), { message: "a high score wins" }).toBeGreaterThan(own);
    },
  },
  A6: {
    card: "reach",
    async check(card) {
      // Half of each layer is the stream, and no later word is seen: what is left of the word itself is a product of halves and more.
      const share = card.article
        .getByRole("list", { name: "share of each input" })
        .getByRole("listitem")
        .nth(QUERY);
      const own = async () => numberIn((await share.textContent()) ?? "");
      await card.slide("Layers", 1);
      await expect.poll(own).toBeGreaterThanOrEqual(0.5);
      const once = await own();
      await card.slide("Layers", 4);
      await expect.poll(own).toBeLessThan(once);
      expect(await own()).toBeGreaterThanOrEqual(1 / 16);
    },
  },
  patching: {
    card: "patching",
    // After these words the two sentences go on differently.
    rest: "&text=The+animal+didn%27t+cross+the+street+because+it+was+too",
    async check(card) {
      await card.choose("Taken from it", "the whole input");
      await expect.poll(() => card.fact("restored"), { message: "all of it is the other run" }).toBe(1);
      await card.choose("Taken from it", "the chosen head’s mix");
      await expect.poll(() => card.fact("restored")).not.toBe(1);
    },
  },
};
