// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Heads } from "../../../src/views/heads/Heads";
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
