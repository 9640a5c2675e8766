import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { first } from "../../src/engine/tensor";
import { numberIn } from "./numbers";
import { openSite, sentence, untilShown, withChromium } from "./open";
import { loadReference, type Reference } from "./reference";

withChromium();

let reference: Reference;
beforeAll(async () => {
  reference = await loadReference();
});

describe("the page", () => {
  test("shows the engine's own pattern of three typed sentences", async () => {
    const { page, complaints, close } = await openSite();
    const sentences = [
      ["The little dog ran home.", 0, 3],
      ["She gave him the book because he had asked for it.", 2, 5],
      ["One two one two one two", 3, 5],
    ] as const;
    for (const [text, layer, head] of sentences) {
      await sentence(page).fill("");
      await sentence(page).pressSequentially(text, { delay: 5 });
      await untilShown(page, reference.tokens(text));
      await page
        .getByRole("gridcell", { name: `Layer ${layer}, head ${head}`, exact: false })
        .first()
        .click();
      const pattern = first(reference.site(text, `blocks.${layer}.attn.hook_pattern`), head);
      const [queries = 0, keys = 0] = pattern.shape;
      await expect.poll(async () => (await cellLabels(page)).length).toBe(queries);
      const shown = await cellLabels(page);
      for (let query = 0; query < queries; query++) {
        for (let key = 0; key < keys; key++) {
          const engine = pattern.data[query * keys + key] ?? Number.NaN;
          const cell = numberIn(shown[query]?.[key] ?? "");
          // A cell says three significant digits.
          expect(Math.abs(cell - engine), `${text}: query ${query}, key ${key}`).toBeLessThanOrEqual(
            1e-4 + 5.1e-3 * engine,
          );
        }
      }
    }
    expect(complaints).toEqual([]);
    await close();
  });
});

/** The names of the cells of the pattern on screen, row by row. */
function cellLabels(page: Page): Promise<string[][]> {
  return page
    .getByRole("grid", { name: "Attention pattern" })
    .evaluate((grid) =>
      [...grid.querySelectorAll("[role=row]")]
        .map((row) =>
          [...row.querySelectorAll("[role=gridcell]")].map((cell) => cell.getAttribute("aria-label") ?? ""),
        )
        .filter((cells) => cells.length > 0),
    );
}
