import { expect } from "vitest";
import type { Rows } from "./row";

/** Positions and the order of words. */
export const POSITIONS: Rows = {
  B4: {
    card: "extrapolate",
    async check(card) {
      const growth = async (scheme: string) => {
        await card.choose("Positions", scheme);
        await card.slide("Length, in trained lengths", 4);
        return (await card.fact("beyond")) - (await card.fact("inside"));
      };
      const alibi = await growth("ALiBi");
      expect(await growth("window"), "a window looks no further than in training").toBeLessThan(0.3);
      expect(await growth("learned"), "a table has no rows there").toBeGreaterThan(alibi + 0.3);
    },
  },
  C2: {
    card: "permute",
    async check(card) {
      const gap = () => expect.poll(() => card.fact("gap"));
      await gap().toBeLessThan(1e-4);
      await card.choose("Words", "shuffled");
      await gap().toBeLessThan(1e-4);
      await card.choose("Positions", "on");
      await gap().toBeGreaterThan(0.01);
      await card.choose("Positions", "off");
      await card.choose("Mask of the model", "on");
      await gap().toBeGreaterThan(0.01);
    },
  },
  D4: {
    card: "positions",
    async check(card) {
      const none = await card.fact("distance");
      await card.choose("Positions", "ALiBi");
      expect(await card.moved("distance", none), "far keys are punished").toBeLessThan(none);
      const added = await card.fact("distance");
      await card.choose("Relative term", "multiplied");
      await card.moved("distance", added);
      await card.choose("Positions", "learned");
      await expect.poll(() => card.fact("bits"), { message: "its own table, where it was" }).toBe(0);
      await card.choose("Added", "to q and k only");
      await expect.poll(() => card.fact("bits")).toBeGreaterThan(0);
    },
  },
};
