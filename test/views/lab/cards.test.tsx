// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { LabCard } from "../../../src/views/lab/LabCard";
import { EXPERIMENT_IDS, type ExperimentId } from "../../../src/views/lab/registry";
import { numberIn } from "../../browser/numbers";
import { openFixture } from "../openFixture";

/** Passes of a small model, on a busy machine. */
const SOON = { timeout: 20_000 };

/** A card over a run of a fixture's model. */
async function openCard(id: ExperimentId, model = "gpt2-1") {
  const opened = await openFixture(model, <LabCard id={id} />);
  const article = within(screen.getByRole("article"));
  await article.findByRole("button", { name: "Reset" }, SOON);
  return { ...opened, article };
}

type Article = Awaited<ReturnType<typeof openCard>>["article"];

/** The numbers of a row of the card's tables. */
function row(article: Article, name: RegExp): number[] {
  // Not by role: the grids beside it have hundreds of cells to look through.
  const heads = [...document.querySelectorAll("article tbody th")];
  const found = heads.find((head) => name.test(head.textContent ?? ""))?.closest("tr");
  if (found == null) throw new Error(`no row ${name} of ${article.getAllByRole("heading")[0]?.textContent}`);
  return [...found.querySelectorAll("td")].map((cell) => numberIn(cell.textContent ?? ""));
}

function fact(name: string): number {
  return numberIn(document.querySelector(`[data-fact=${name}]`)?.textContent ?? "");
}

function choose(article: Article, group: string, option: string) {
  const radios = within(article.getByRole("radiogroup", { name: group }));
  fireEvent.click(radios.getByRole("radio", { name: option }));
}

function slide(article: Article, name: string, value: number) {
  fireEvent.change(article.getByRole("slider", { name }), { target: { value: String(value) } });
}

describe("every card", { timeout: 90_000 }, () => {
  for (const id of EXPERIMENT_IDS) {
    test(`${id} shows its figure, says what it ran on, and complains of nothing`, async () => {
      const { article } = await openCard(id);
      // Siblings and masked models are not what this page has loaded: those cards say so instead.
      const said = /^(?:Runs on|No model)|not among the files|needs a model that fills masks/;
      await waitFor(() => expect(article.getAllByText(said).length).toBeGreaterThan(0), SOON);
      expect(article.queryByRole("alert")?.textContent ?? "").toBe("");
    });
  }
});

describe("the numbers of a card", { timeout: 90_000 }, () => {
  test("scale: unscaled rows are sharper, rows over d flatter, and 1/√d is the model as it is", async () => {
    const { article } = await openCard("scale");
    await waitFor(
      () => expect(row(article, /^mean entropy/)[1]).toBeLessThan(row(article, /^mean entropy/)[0] ?? 0),
      SOON,
    );
    slide(article, "Scores times d⁻ᵖ", 1);
    await waitFor(
      () => expect(row(article, /^mean entropy/)[1]).toBeGreaterThan(row(article, /^mean entropy/)[0] ?? 9),
      SOON,
    );
    slide(article, "Scores times d⁻ᵖ", 0.5);
    await waitFor(() => expect(new Set(row(article, /^mean entropy/)).size).toBe(1), SOON);
  });

  test("a token that looks like another one is said with its place", async () => {
    const { article, session } = await openCard("scale");
    const said = () => article.queryByRole("note")?.textContent ?? "";
    // The ids are 5, 9, 3, 12, 9, 30.
    act(() => session.getState().lock({ layer: 0, head: 0, query: 4, key: 1 }));
    await waitFor(() => expect(said()).toContain("9\u20094"), SOON);
    act(() => session.getState().lock({ query: 3 }));
    await waitFor(() => expect(said()).toMatch(/\b12\b/), SOON);
    expect(said()).not.toContain("\u20093");
  });

  test("what is said stays with the numbers on screen until those of a moved switch have come", async () => {
    const { article } = await openCard("scale");
    const said = () => article.queryByRole("note")?.textContent ?? "";
    await waitFor(() => expect(said()).toMatch(/\d/), SOON);
    const before = said();
    slide(article, "Scores times d⁻ᵖ", 1);
    expect(said()).toBe(before);
    await waitFor(() => expect(said()).not.toBe(before), SOON);
  });

  test("maskValue: 0 leaks, −10000 and −∞ do not", async () => {
    const { article } = await openCard("maskValue");
    await waitFor(() => expect(row(article, /^mean attention to hidden/)[1]).toBeGreaterThan(0.01), SOON);
    for (const value of ["−10000", "−∞"]) {
      choose(article, "Score of a hidden key", value);
      await waitFor(() => expect(row(article, /^mean attention to hidden/)[1]).toBe(0), SOON);
    }
  });

  test("permute: without positions and mask the pattern comes along, with either it does not", async () => {
    const { article } = await openCard("permute");
    await waitFor(() => expect(article.getByText(/^The pattern comes along/)).toBeTruthy(), SOON);
    for (const group of ["Positions", "Mask of the model"]) {
      choose(article, group, "on");
      await waitFor(() => expect(article.getByText(/^The pattern does not come along/)).toBeTruthy(), SOON);
      choose(article, group, "off");
      await waitFor(() => expect(article.getByText(/^The pattern comes along/)).toBeTruthy(), SOON);
    }
  });

  test("scoreRule: words in reverse do not move a random Synthesizer, and move products", async () => {
    const { article } = await openCard("scoreRule");
    await waitFor(() => expect(fact("shift")).toBe(0), SOON);
    choose(article, "Score rule", "q·k");
    await waitFor(() => expect(fact("shift")).toBeGreaterThan(0.01), SOON);
  });

  test("maskShape: the pairs are counted, a cell that is clicked changes them, and Reset brings the card back", async () => {
    const { article } = await openCard("maskShape");
    choose(article, "Mask", "causal");
    await waitFor(() => expect(fact("pairs")).toBe((6 * 7) / 2), SOON);
    const [cell] = article.getAllByRole("gridcell");
    if (cell === undefined) throw new Error("no cell");
    fireEvent.click(cell);
    await waitFor(() => expect(fact("pairs")).toBe((6 * 7) / 2 - 1), SOON);
    expect(article.getByText(/sees nothing at all/)).toBeTruthy();
    fireEvent.click(article.getByRole("button", { name: "Reset" }));
    await waitFor(() => expect(article.queryByText(/sees nothing at all/)).toBeNull(), SOON);
  });

  test("futureMask: without the mask the future is looked at, with it never", async () => {
    const { article } = await openCard("futureMask");
    await waitFor(() => expect(fact("ahead")).toBeGreaterThan(0.01), SOON);
    choose(article, "Causal mask", "on");
    await waitFor(() => expect(fact("ahead")).toBe(0), SOON);
  });

  test("ablate: nothing taken out moves nothing, a layer's attention does", async () => {
    const { article } = await openCard("ablate");
    choose(article, "Taken out", "nothing");
    await waitFor(() => expect(fact("bits")).toBe(0), SOON);
    choose(article, "Taken out", "this layer’s attention");
    await waitFor(() => expect(fact("bits")).toBeGreaterThan(0), SOON);
  });

  test("edge: a cut edge gets nothing and the row still sums to one", async () => {
    const { article } = await openCard("edge");
    await waitFor(() => expect(fact("after")).toBe(0), SOON);
    expect(article.getByText(/The row sums to/).textContent).toContain("sums to 1.00");
    choose(article, "The edge", "its score set");
    await waitFor(() => expect(fact("after")).toBeGreaterThan(0), SOON);
  });

  test("gau: at initialisation the gated unit writes far less than attention", async () => {
    const { article } = await openCard("gau");
    await waitFor(() => expect(fact("ratio")).toBeGreaterThan(0), SOON);
    const [gated = 1, attention = 0] = row(article, /layer 0/);
    expect(attention / gated).toBeGreaterThan(3);
  });

  test("residual: with the skips on the changed model is the original", async () => {
    const { article } = await openCard("residual");
    await waitFor(() => expect(new Set(row(article, /^slope/)).size).toBe(2), SOON);
    choose(article, "Residual connections", "on");
    await waitFor(() => expect(new Set(row(article, /^slope/)).size).toBe(1), SOON);
  });

  test("residual: what is left of the gradient is another amount without the skips, and the same where they are on", async () => {
    const { article } = await openCard("residual");
    const lengths = () => row(article, /^gradient left at the input/);
    await waitFor(() => expect(new Set(lengths()).size).toBe(2), SOON);
    const [own = 0] = lengths();
    expect(own).toBeGreaterThan(0);
    choose(article, "Residual connections", "on");
    await waitFor(() => expect(lengths()).toEqual([own, own]), SOON);
  });

  test("impact: a short sentence of a masked model is measured unasked, cut and hung into a tree", async () => {
    const { article } = await openCard("impact", "masked");
    await waitFor(
      () => expect(document.querySelectorAll("[data-fact=segments] > span").length).toBeGreaterThan(0),
      {
        timeout: 60_000,
      },
    );
    slide(article, "Boundary below", 0);
    await waitFor(
      () => expect(document.querySelectorAll("[data-fact=segments] > span").length).toBe(1),
      SOON,
    );
  }, 90_000);
});
