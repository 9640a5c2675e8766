// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Heads } from "../../../src/views/heads/Heads";
import { number } from "../../../src/viz/format";
import { openFixture } from "../openFixture";

test("the grid has one named cell for each head, layers down", async () => {
  await openFixture("gpt2-1", <Heads />);
  const cells = within(screen.getByRole("grid", { name: "All heads" })).getAllByRole("gridcell");
  expect(cells.map((cell) => cell.getAttribute("aria-label"))).toEqual([
    "Layer 0, head 0",
    "Layer 0, head 1",
    "Layer 1, head 0",
    "Layer 1, head 1",
  ]);
});

test("a click and the arrow keys choose a head; every head is listed", async () => {
  const { state } = await openFixture("gpt2-1", <Heads />);
  await userEvent.click(screen.getByRole("gridcell", { name: "Layer 1, head 0" }));
  expect(state().selection).toMatchObject({ layer: 1, head: 0 });
  screen.getByRole("grid", { name: "All heads" }).focus();
  await userEvent.keyboard("{ArrowRight}{ArrowUp}");
  expect(state().selection).toMatchObject({ layer: 0, head: 1 });
  expect(screen.getByRole("gridcell", { selected: true }).getAttribute("aria-label")).toBe("Layer 0, head 1");
  const list = within(screen.getByRole("list", { name: "What the heads do here" }));
  expect(list.getAllByRole("button")).toHaveLength(4);
  expect(list.getByRole("button", { pressed: true }).textContent).toContain("L0H1");
});

test("heads like the chosen one are listed by how far their patterns are apart, in bits", async () => {
  const { state, site } = await openFixture("gpt2-1", <Heads />);
  await userEvent.click(screen.getByRole("gridcell", { name: "Layer 0, head 0" }));
  await userEvent.click(screen.getByText("Heads like L0H0"));
  const bits = (shares: readonly number[]) =>
    shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log2(share) : sum), 0);
  const rows = (layer: number, head: number) => {
    const { data, shape } = site(`blocks.${layer}.attn.hook_pattern`);
    const [, n = 0] = shape;
    return Array.from({ length: n }, (_, at) => [
      ...data.subarray((head * n + at) * n, (head * n + at + 1) * n),
    ]);
  };
  const own = rows(0, 0);
  const apart = (layer: number, head: number) =>
    rows(layer, head).reduce((sum, row, at) => {
      const middle = row.map((share, key) => (share + (own[at]?.[key] ?? 0)) / 2);
      return sum + bits(middle) - (bits(row) + bits(own[at] ?? [])) / 2;
    }, 0) / own.length;
  const expected = (
    [
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const
  )
    .map(([layer, head]) => ({ code: `L${layer}H${head}`, apart: apart(layer, head) }))
    .toSorted((a, b) => a.apart - b.apart);
  const list = within(screen.getByRole("list", { name: "Similar heads" }));
  expect(list.getAllByRole("button").map((each) => each.textContent)).toEqual(
    expected.map(({ code, apart: far }) => `${code}${number(far)} bits apart`),
  );
  await userEvent.click(list.getAllByRole("button")[0] as HTMLElement);
  const { layer, head } = state().selection;
  expect(`L${layer}H${head}`).toBe(expected[0]?.code);
});

test("the list can be narrowed to one label, and the grid fades the others", async () => {
  await openFixture("gpt2-1", <Heads />);
  const only = screen.getByRole("combobox", { name: "Show" });
  const [, first] = within(only).getAllByRole("option");
  const wanted = Number(/: (\d+)$/.exec(first?.textContent ?? "")?.[1]);
  await userEvent.selectOptions(only, first as HTMLElement);
  const list = within(screen.getByRole("list", { name: "What the heads do here" }));
  expect(list.getAllByRole("button")).toHaveLength(wanted);
  const faded = screen.getAllByRole("gridcell").filter((cell) => cell.hasAttribute("data-faded"));
  expect(faded).toHaveLength(4 - wanted);
});
