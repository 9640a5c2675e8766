// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { Cell, MatrixFigure } from "../../src/components/matrixFigure";
import { PatternGrid } from "../../src/components/PatternGrid";

afterEach(cleanup);

/** A pattern of `size` tokens in which each cell's number says where it is: query + key / 100. */
function pattern(size: number): MatrixFigure {
  const data = Float32Array.from(
    { length: size * size },
    (_, at) => Math.floor(at / size) + (at % size) / 100,
  );
  const labels = Array.from({ length: size }, (_, at) => `t${at}`);
  return {
    matrix: { data, rows: size, columns: size },
    rows: { role: "query", name: "query", labels },
    columns: { role: "key", name: "key", labels },
    kind: "diverging",
    limit: size,
  };
}

function show(size: number, selected: Cell, transpose = false) {
  const told = { onLook: vi.fn(), onLock: vi.fn(), onMove: vi.fn() };
  render(
    <PatternGrid
      label="Scores"
      figure={pattern(size)}
      selected={selected}
      looked={selected}
      transpose={transpose}
      {...told}
    />,
  );
  return { ...told, grid: screen.getByRole("grid", { name: "Scores" }) };
}

test("a small matrix has every number as a cell, and headers that name its axes", () => {
  const { grid } = show(3, { row: 1, column: 2 });
  expect(
    within(grid)
      .getAllByRole("gridcell")
      .map((cell) => cell.getAttribute("aria-label")),
  ).toEqual("0 0.0100 0.0200 1.00 1.01 1.02 2.00 2.01 2.02".split(" "));
  expect(
    within(grid)
      .getAllByRole("columnheader")
      .map((header) => header.textContent),
  ).toEqual(["query", "t0", "t1", "t2"]);
  expect(within(grid).getByRole("gridcell", { selected: true }).getAttribute("aria-label")).toBe("1.02");
  expect(grid.getAttribute("aria-activedescendant")).toBe(
    within(grid).getByRole("gridcell", { selected: true }).id,
  );
});

test("arrow, Home, End and Page keys move within the ends; Enter acts", async () => {
  const { grid, onMove, onLock } = show(3, { row: 1, column: 2 });
  grid.focus();
  await userEvent.keyboard("{ArrowRight}{ArrowLeft}{ArrowUp}{Home}{End}{PageDown}{PageUp}{Enter}");
  expect(onMove.mock.calls.map(([cell]) => [cell.row, cell.column])).toEqual([
    [1, 2],
    [1, 1],
    [0, 2],
    [1, 0],
    [1, 2],
    [2, 2],
    [0, 2],
  ]);
  expect(onLock).toHaveBeenCalledWith({ row: 1, column: 2 });
});

test("exchanged axes change the drawing and not what is reported", async () => {
  const { grid, onLock } = show(3, { row: 1, column: 2 }, true);
  const rows = within(grid).getAllByRole("row");
  const cell = within(rows[3] as HTMLElement).getAllByRole("gridcell")[1] as HTMLElement;
  expect(cell.getAttribute("aria-label")).toBe("1.02");
  await userEvent.click(cell);
  expect(onLock).toHaveBeenCalledWith({ row: 1, column: 2 });
});

test("a large matrix has a window of cells around the chosen one, and says its true size", () => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  const { grid } = show(200, { row: 120, column: 7 });
  expect([grid.getAttribute("aria-rowcount"), grid.getAttribute("aria-colcount")]).toEqual(["201", "201"]);
  const cells = within(grid).getAllByRole("gridcell");
  expect(cells.length).toBeLessThan(100);
  const chosen = within(grid).getByRole("gridcell", { selected: true });
  expect(chosen.textContent).toBe("120");
  expect(chosen.id).toBe(grid.getAttribute("aria-activedescendant"));
  expect(
    within(grid)
      .getAllByRole("rowheader")
      .map((header) => header.textContent),
  ).toEqual(["t118", "t119", "t120", "t121", "t122"]);
});

test("a large matrix is pointed at by place", () => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  const { grid, onLook, onLock } = show(200, { row: 0, column: 0 });
  const area = grid.firstElementChild as HTMLElement;
  vi.spyOn(area, "getBoundingClientRect").mockReturnValue(new DOMRect(10, 20, 400, 400));
  fireEvent.pointerMove(area, { clientX: 10 + 2 * 50.5, clientY: 20 + 2 * 150.5 });
  expect(onLook).toHaveBeenLastCalledWith({ row: 150, column: 50 });
  fireEvent.click(area, { clientX: 409.9, clientY: 419.9 });
  expect(onLock).toHaveBeenLastCalledWith({ row: 199, column: 199 });
});

/** Texts of the labels along the rows of a large matrix that are drawn, in the order of their rows; the looked one is marked. */
function drawnAlongRows(grid: HTMLElement): string[] {
  const labels =
    grid.parentElement?.querySelectorAll<HTMLElement>("[aria-hidden] span[style*='--row']") ?? [];
  return [...labels]
    .filter((label) => label.dataset.givesWay === undefined)
    .toSorted((a, b) => Number(a.style.getPropertyValue("--row")) - Number(b.style.getPropertyValue("--row")))
    .map((label) => `${label.textContent}${label.dataset.on === undefined ? "" : "!"}`);
}

test("along a large matrix every label stands once, the looked one in its place", () => {
  const { grid } = show(20, { row: 3, column: 0 });
  expect(drawnAlongRows(grid)).toEqual(Array.from({ length: 20 }, (_, at) => (at === 3 ? "t3!" : `t${at}`)));
});

test("where only every second label has room, those beside the looked one give way to it", () => {
  const { grid } = show(40, { row: 5, column: 0 });
  expect(drawnAlongRows(grid)).toEqual([
    "t0",
    "t2",
    "t5!",
    ...Array.from({ length: 16 }, (_, at) => `t${8 + 2 * at}`),
  ]);
});

test("where every label has room, those beside the looked one say that they are near", () => {
  const { grid } = show(20, { row: 3, column: 19 });
  const near = (side: string) =>
    [...(grid.parentElement?.querySelectorAll<HTMLElement>(`[aria-hidden] span[style*='${side}']`) ?? [])]
      .filter((label) => label.dataset.near !== undefined && label.dataset.givesWay === undefined)
      .map((label) => label.textContent);
  expect(near("--row")).toEqual(["t2", "t4"]);
  expect(near("--column")).toEqual(["t18"]);
});

test("the cells that readers hear keep their numbers while heads pass, and take the last one's at rest", async () => {
  const said = () => within(screen.getByRole("grid")).getByRole("gridcell", { selected: true }).textContent;
  const figures = [1, 2, 3].map((times) => {
    const figure = pattern(20);
    return {
      ...figure,
      matrix: { ...figure.matrix, data: figure.matrix.data.map((value) => value * times) },
    };
  });
  const cell = { row: 3, column: 0 };
  const shown = (figure: MatrixFigure) => (
    <PatternGrid
      label="Scores"
      figure={figure}
      selected={cell}
      looked={cell}
      transpose={false}
      onLook={() => {}}
      onLock={() => {}}
      onMove={() => {}}
    />
  );
  const [once, twice, thrice] = figures as [MatrixFigure, MatrixFigure, MatrixFigure];
  const { rerender } = render(shown(once));
  expect(said()).toBe("3.00");
  rerender(shown(twice));
  rerender(shown(thrice));
  expect(said()).toBe("3.00");
  await vi.waitFor(() => expect(said()).toBe("9.00"));
});
