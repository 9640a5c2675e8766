import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { numberIn } from "../numbers";

/** The card of an experiment, as a reader works it. */
export interface Card {
  readonly article: Locator;
  /** The numbers of one row of its tables: percentages as shares of one, what is none as NaN. */
  row(name: string | RegExp): Promise<readonly number[]>;
  /** The number of its sentence that is marked with this name. */
  fact(name: string): Promise<number>;
  /** Waits until the marked number is another one than it was, and gives it. */
  moved(name: string, from: number): Promise<number>;
  choose(group: string, option: string): Promise<void>;
  slide(name: string, value: number): Promise<void>;
  reset(): Promise<void>;
}

export function cardIn(article: Locator): Card {
  const fact = async (name: string) =>
    numberIn((await article.locator(`[data-fact=${name}]`).first().textContent()) ?? "");
  return {
    article,
    fact,
    async row(name) {
      // Not by role: the grids beside it have hundreds of rows and cells to look through.
      const head = article.locator("tbody th", {
        hasText: typeof name === "string" ? new RegExp(`^${name.replace(/[()]/g, "\\$&")}$`) : name,
      });
      const cells = head.first().locator("xpath=../td");
      await cells.first().waitFor();
      return (await cells.allTextContents()).map(numberIn);
    },
    async moved(name, from) {
      let now = from;
      await expect.poll(async () => (now = await fact(name))).not.toBe(from);
      return now;
    },
    choose: (group, option) =>
      article
        .getByRole("radiogroup", { name: group, exact: true })
        .getByRole("radio", { name: option, exact: true })
        .check(),
    slide: (name, value) => article.getByRole("slider", { name, exact: true }).fill(String(value)),
    reset: () => article.getByRole("button", { name: "Reset" }).click(),
  };
}

/** Where the controls of a card stand, each by its value. */
export function standOf({ article }: Card): Promise<readonly string[]> {
  return article
    .locator("input[type=radio]:checked, input[type=range], input:not([type])")
    .evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value));
}
