// @vitest-environment jsdom
import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { first } from "../../../src/engine/tensor";
import { Steps } from "../../../src/views/steps/Steps";
import { number, percent } from "../../../src/viz/format";
import { openFixture } from "../openFixture";

/** The names of all cells of a grid, row by row. */
function cellNames(grid: HTMLElement): string[][] {
  return within(grid)
    .getAllByRole("row")
    .map((row) =>
      within(row)
        .queryAllByRole("gridcell")
        .map((cell) => cell.getAttribute("aria-label") ?? ""),
    )
    .filter((cells) => cells.length > 0);
}

function numbers(tensor: { readonly data: Float32Array; readonly shape: readonly number[] }): string[][] {
  const [rows = 0, columns = 0] = tensor.shape;
  return Array.from({ length: rows }, (_, row) =>
    Array.from(tensor.data.subarray(row * columns, (row + 1) * columns), number),
  );
}

describe("the stage tabs", () => {
  const cases = {
    "gpt2-1":
      "Embed, Normalise, Query key value, Dot product, Scale, Mask, Softmax, Mix values, Project, Add, MLP",
    "bert-1":
      "Embed, Query key value, Dot product, Scale, Mask, Softmax, Mix values, Project, Add, Normalise, MLP",
    "llama-1":
      "Embed, Normalise, Query key value, Rotate, Dot product, Scale, Mask, Softmax, Mix values, Project, Add, MLP",
  };
  test.each(Object.entries(cases))("follow the order of %s", async (model, names) => {
    await openFixture(model, <Steps />);
    expect(screen.getAllByRole("tab").map((tab) => tab.textContent)).toEqual(names.split(", "));
  });

  test("are walked with the arrow keys, and choose the step of the session", async () => {
    const { state } = await openFixture("gpt2-1", <Steps />);
    const user = userEvent.setup();
    screen.getByRole("tab", { name: "Softmax" }).focus();
    await user.keyboard("{ArrowLeft}{ArrowLeft}{ArrowRight}");
    expect(screen.getByRole("tab", { name: "Mask" })).toBe(document.activeElement);
    expect(state().selection.step).toBe("mask");
    await user.keyboard("{End}");
    expect(state().selection.step).toBe("mlp");
  });
});

describe("the pattern", () => {
  test("says the numbers of the trace, for the chosen head", async () => {
    const { site, session } = await openFixture("gpt2-1", <Steps />);
    session.getState().select({ layer: 1, head: 1 });
    const grid = await screen.findByRole("grid", { name: "Attention pattern" });
    expect(cellNames(grid)).toEqual(numbers(first(site("blocks.1.attn.hook_pattern"), 1)));
  });

  test("is drawn with its axes exchanged when asked to", async () => {
    const { site } = await openFixture("gpt2-1", <Steps />);
    await userEvent.click(screen.getByRole("checkbox", { name: "Transpose" }));
    const names = numbers(first(site("blocks.0.attn.hook_pattern"), 0));
    const turned = names.map((_, row) => names.map((cells) => cells[row]));
    expect(cellNames(screen.getByRole("grid", { name: "Attention pattern" }))).toEqual(turned);
    expect(screen.getByText("key", { selector: "b" }).parentElement?.textContent).toBe("to key ↓");
  });

  test("is written with its axes exchanged, and so are vectors", async () => {
    const { site, state } = await openFixture("gpt2-1", <Steps />);
    await userEvent.click(screen.getByRole("radio", { name: "Numbers" }));
    await userEvent.click(screen.getByRole("checkbox", { name: "Transpose" }));
    const written = (name: string) =>
      within(screen.getByRole("table", { name }))
        .getAllByRole("row")
        .slice(1)
        .map((row) => within(row).getAllByRole("cell"));
    const texts = (cells: HTMLElement[][]) => cells.map((row) => row.map((cell) => cell.textContent));
    const turned = (rows: string[][]) => rows[0]?.map((_, column) => rows.map((row) => row[column]));
    const pattern = numbers(first(site("blocks.0.attn.hook_pattern"), 0));
    expect(texts(written("Attention pattern"))).toEqual(turned(pattern));
    await userEvent.click(screen.getByRole("tab", { name: "Query key value" }));
    const query = numbers(first(site("blocks.0.attn.hook_q"), 0));
    expect(texts(written("Query"))).toEqual(turned(query));
    await userEvent.click(written("Query")[5]?.[2] as HTMLElement);
    expect(state()).toMatchObject({ locked: true, selection: { query: 2, dimension: 5 } });
  });

  test("lets a click keep a pair, and arrow keys move on from it", async () => {
    const { state } = await openFixture("gpt2-1", <Steps />);
    const grid = screen.getByRole("grid", { name: "Attention pattern" });
    const rows = within(grid).getAllByRole("row");
    await userEvent.click(within(rows[4] as HTMLElement).getAllByRole("gridcell")[1] as HTMLElement);
    expect(state()).toMatchObject({
      locked: true,
      selection: { query: 3, key: 1, site: "attn.hook_pattern" },
    });
    grid.focus();
    await userEvent.keyboard("{ArrowDown}{ArrowRight}{ArrowRight}");
    expect(state().selection).toMatchObject({ query: 4, key: 3 });
    expect(within(grid).getAllByRole("gridcell", { selected: true })).toHaveLength(1);
  });

  test("stands beside the sight-lines of the head that is looked at, one query's or all of them", async () => {
    const { site, session } = await openFixture("gpt2-1", <Steps />);
    session.getState().select({ layer: 0, head: 0, query: 4 });
    act(() => session.getState().look({ layer: 1, head: 1 }));
    const row = first(site("blocks.1.attn.hook_pattern"), 1).data.subarray(4 * 6, 5 * 6);
    const share = percent(Math.max(...row));
    expect(screen.getByRole("img").getAttribute("aria-label")).toContain(share);
    await userEvent.click(screen.getByRole("radio", { name: "Sight-lines" }));
    const paths = screen.getByRole("img", { name: "All sight-lines of this head" }).querySelectorAll("path");
    expect([...paths].map((path) => path.getAttribute("stroke-width"))).toContain(
      String(0.8 + 7 * Math.max(...row)),
    );
  });

  test("looks where the pointer is, and lets go when it leaves", async () => {
    const { state } = await openFixture("gpt2-1", <Steps />);
    const user = userEvent.setup();
    const cells = within(screen.getByRole("grid", { name: "Attention pattern" })).getAllByRole("gridcell");
    await user.hover(cells[6 * 2 + 1] as HTMLElement);
    expect(state().hover).toMatchObject({ query: 2, key: 1 });
    await user.hover(document.body);
    expect(state().hover).toBeNull();
  });
});

test("masked scores are −∞ and the future ones only", async () => {
  await openFixture("gpt2-1", <Steps />);
  await userEvent.click(screen.getByRole("tab", { name: "Mask" }));
  const names = cellNames(screen.getByRole("grid", { name: "Scores" }));
  names.forEach((cells, query) => {
    expect(cells.map((name) => name === "−∞")).toEqual(cells.map((_, key) => key > query));
  });
});

test("the softmax is shown in its parts", async () => {
  const { site } = await openFixture("gpt2-1", <Steps />);
  await userEvent.click(screen.getByRole("radio", { name: "Exponentials" }));
  expect(cellNames(screen.getByRole("grid", { name: "Exponentials" }))).toEqual(
    numbers(first(site("blocks.0.attn.step_exp"), 0)),
  );
  await userEvent.click(screen.getByRole("radio", { name: "Row sum" }));
  const sums = within(screen.getByRole("list", { name: "Row sum" })).getAllByRole("button");
  const values = first(site("blocks.0.attn.step_row_sum"), 0).data;
  expect(sums.map((row) => row.lastElementChild?.textContent)).toEqual(Array.from(values, number));
});

test("every stage has a shape with the model's own sizes", async () => {
  await openFixture("gpt2-1", <Steps />);
  const panel = () => screen.getByRole("tabpanel");
  expect(panel().textContent).toContain("6 queries×6 keys");
  await userEvent.click(screen.getByRole("tab", { name: "Query key value" }));
  expect(panel().textContent).toContain("6 queries×8 dimensions");
  await userEvent.click(screen.getByRole("tab", { name: "Add" }));
  expect(panel().textContent).toContain("6 tokens×16 dimensions");
});

test("numbers stand in a table as in the trace", async () => {
  const { site } = await openFixture("gpt2-1", <Steps />);
  await userEvent.click(screen.getByRole("radio", { name: "Numbers" }));
  const table = screen.getByRole("table", { name: "Attention pattern" });
  const cells = within(table)
    .getAllByRole("row")
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole("cell")
        .map((cell) => cell.textContent),
    );
  expect(cells).toEqual(numbers(first(site("blocks.0.attn.hook_pattern"), 0)));
});

test("play walks to the next stage, and stops when pressed again", async () => {
  const { state } = await openFixture("gpt2-1", <Steps />);
  state().select({ step: "dot" });
  await userEvent.click(await screen.findByRole("button", { name: "Play" }));
  await expect.poll(() => state().selection.step, { timeout: 4000 }).toBe("scale");
  await userEvent.click(screen.getByRole("button", { name: "Pause" }));
  expect(screen.getByRole("button", { name: "Play" })).toBeTruthy();
});
