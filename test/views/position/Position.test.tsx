// @vitest-environment jsdom
import { act, cleanup, configure, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { cosineOf, row } from "../../../src/analysis/matrix";
import { patternGap } from "../../../src/analysis/permutation";
import type { Trace } from "../../../src/engine/trace";
import { Position } from "../../../src/views/position/Position";
import { number } from "../../../src/viz/format";
import { openFixture } from "../openFixture";

// Each order of the words is a pass of its own.
configure({ asyncUtilTimeout: 15_000 });

function said(): string {
  return screen.getByRole("region", { name: "Position" }).querySelector("p")?.textContent ?? "";
}

function words(): (string | null)[] {
  return within(screen.getByRole("list", { name: "Order of the words" }))
    .getAllByRole("button")
    .map((button) => button.textContent);
}

test("a learned table is shown with the likeness of two of its rows, as the pass added them", async () => {
  const { site, session } = await openFixture("bert-1", <Position />);
  act(() => session.getState().lock({ query: 3, key: 1 }));
  const added = site("hook_pos_embed");
  const alike = number(Math.fround(cosineOf(row(added, 3), row(added, 1))));
  await waitFor(() => expect(said()).toContain(`is ${alike}.`));
  expect(said()).toContain("stands at position 3");
  expect(screen.getByRole("grid", { name: "The table, position by dimension" })).toBeTruthy();
  expect(screen.getByRole("grid", { name: "How alike two positions are" })).toBeTruthy();
});

test.each([
  ["marian-1", "encoder", "sines and cosines", "Sines and cosines, position by dimension"],
  ["llama-1", "blocks", "rotary: queries and keys are turned", "Cosine of the angle, position by pair"],
  ["t5-1", "encoder", "a learned bias for each distance", "The bias, head by distance"],
] as const)("%s shows its own scheme", async (model, stack, scheme, table) => {
  const { session } = await openFixture(model, <Position />);
  act(() => session.getState().lock({ stack, query: 3, key: 1 }));
  expect(screen.getByRole("heading", { level: 2 }).textContent).toBe(`Positions${scheme}`);
  expect(screen.getByRole("grid", { name: table })).toBeTruthy();
});

test("a bias for the distance is the one that the pass added to the score", async () => {
  const { site, session } = await openFixture("t5-1", <Position />);
  act(() => session.getState().lock({ stack: "encoder", layer: 0, head: 1, query: 4, key: 2 }));
  const bias = site("encoder.0.attn.step_bias");
  const n = bias.shape[1] ?? 0;
  const value = bias.data[(n + 4) * n + 2] ?? 0;
  expect(said()).toContain(`head 1 adds ${value > 0 ? "+" : ""}${number(value)} to the score`);
  expect(said()).toContain("−2");
});

test("with positions, other words in reverse give another pattern, by as much as the passes say", async () => {
  const { state, session, trace } = await openFixture("bert-1", <Position />);
  act(() => session.getState().lock({ layer: 0, head: 0, query: 3, key: 1 }));
  const before = words();
  await userEvent.click(screen.getByRole("button", { name: "Reverse" }));
  expect(words()).toEqual(before.toReversed());
  const verdict = await screen.findByRole("status");
  const original = trace.sites["blocks.0.attn.hook_pattern"];
  const permuted = state().runs[1]?.trace?.sites["blocks.0.attn.hook_pattern"];
  if (original === undefined || permuted === undefined) throw new Error("both passes have patterns");
  const order = trace.tokens.map((_, at) => trace.tokens.length - 1 - at);
  expect(verdict.textContent).toContain("has not come along");
  expect(verdict.textContent).toContain(`off by up to ${number(patternGap(original, permuted, order))},`);
});

test("without positions and without a causal mask, the pattern comes along", async () => {
  await openFixture("bert-1", <Position />);
  await userEvent.click(screen.getByRole("button", { name: "Shuffle" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Without positions" }));
  await waitFor(() => expect(screen.getByRole("status").textContent).toContain("A became PAPᵀ"));
  const conditions = screen.getByRole("list", { name: "When permuting the words permutes the pattern" });
  expect(conditions.textContent).toBe("no positionsno causal mask");
  expect(
    screen.getAllByRole("grid", { name: /A, as typed|The permuted words|Put back in order/ }),
  ).toHaveLength(3);
});

test("a causal mask alone keeps the pattern from coming along", async () => {
  await openFixture("gpt2-1", <Position />);
  await userEvent.click(screen.getByRole("button", { name: "Reverse" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Without positions" }));
  await waitFor(() => expect(screen.getByRole("status").textContent).toContain("has not come along"));
  expect(screen.getByText("a mask hides what comes later")).toBeTruthy();
});

test("a word moves with the arrow keys, or is taken with a click and put down with another", async () => {
  await openFixture("bert-1", <Position />);
  const [a, b, c] = words();
  const chips = () => within(screen.getByRole("list", { name: "Order of the words" })).getAllByRole("button");
  chips()[0]?.focus();
  await userEvent.keyboard("{ArrowRight}");
  expect(words().slice(0, 3)).toEqual([b, a, c]);
  await userEvent.click(chips()[2] as HTMLElement);
  await userEvent.click(chips()[0] as HTMLElement);
  expect(words().slice(0, 3)).toEqual([c, b, a]);
  await userEvent.click(screen.getByRole("button", { name: "As typed" }));
  expect(words().slice(0, 3)).toEqual([a, b, c]);
});

test("words that look alike are numbered by their place as typed, wherever they stand", async () => {
  await openFixture("bert-1", <Position />);
  const numbered = () =>
    within(screen.getByRole("list", { name: "Order of the words" }))
      .getAllByRole("button")
      .map((button) => [button.querySelector("bdi")?.textContent, button.querySelector("sup")?.textContent]);
  const typed = [
    ["5", undefined],
    ["9", "\u20091"],
    ["3", undefined],
    ["12", undefined],
    ["9", "\u20094"],
    ["30", undefined],
  ];
  expect(numbered()).toEqual(typed);
  await userEvent.click(screen.getByRole("button", { name: "Reverse" }));
  expect(numbered()).toEqual(typed.toReversed());
  const grid = await screen.findByRole("grid", { name: "The permuted words" });
  const headers = within(grid).getAllByRole("columnheader");
  expect(headers.slice(1).map((header) => header.textContent)).toEqual([
    "30",
    "9\u2009⁴",
    "12",
    "3",
    "9\u2009¹",
    "5",
  ]);
});

/** The numbers of a heatmap, row by row, as they are spoken. */
function spoken(name: string): (string | null)[][] {
  const [, ...rows] = within(screen.getByRole("grid", { name })).getAllByRole("row");
  return rows.map((each) =>
    within(each)
      .getAllByRole("gridcell")
      .map((cell) => cell.getAttribute("aria-label")),
  );
}

test("the patterns of both orders can be transposed: each number stands with its axes exchanged", async () => {
  const { state, session, trace } = await openFixture("bert-1", <Position />);
  act(() => session.getState().lock({ layer: 0, head: 1, query: 3, key: 1 }));
  await userEvent.click(screen.getByRole("button", { name: "Reverse" }));
  await screen.findByRole("status");
  await userEvent.click(screen.getAllByRole("checkbox", { name: "Transpose" })[0] as HTMLElement);
  const n = trace.tokens.length;
  const places = Array.from({ length: n }, (_, at) => at);
  const turned = (of: Trace | null | undefined, to: (at: number) => number) => {
    const pattern = of?.sites["blocks.0.attn.hook_pattern"];
    return places.map((key) =>
      places.map((query) => number(pattern?.data[(n + to(query)) * n + to(key)] ?? Number.NaN)),
    );
  };
  expect(spoken("A, as typed")).toEqual(turned(trace, (at) => at));
  expect(spoken("The permuted words")).toEqual(turned(state().runs[1]?.trace, (at) => at));
  expect(spoken("Put back in order")).toEqual(turned(state().runs[1]?.trace, (at) => n - 1 - at));
  expect(screen.getAllByText(/looks → from/)).toHaveLength(3);
});

test("a bias of distances and its differences can be transposed, and say which axis is which", async () => {
  const { site, session } = await openFixture("t5-1", <Position />);
  act(() => session.getState().lock({ stack: "encoder", layer: 0, head: 1, query: 4, key: 2 }));
  const straight = spoken("The bias of the chosen head");
  const bias = site("encoder.0.attn.step_bias");
  const n = bias.shape[1] ?? 0;
  const places = Array.from({ length: n }, (_, at) => at);
  const of = (query: number, key: number) => number(bias.data[(n + query) * n + key] ?? Number.NaN);
  expect(straight).toEqual(places.map((query) => places.map((key) => of(query, key))));
  expect(screen.getByText(/looks ↓ from/)).toBeTruthy();
  await userEvent.click(screen.getByRole("checkbox", { name: "Transpose" }));
  expect(spoken("The bias of the chosen head")).toEqual(
    places.map((key) => places.map((query) => of(query, key))),
  );
  expect(screen.getByText(/looks → from/)).toBeTruthy();
  const [first] = within(screen.getByRole("grid", { name: "The bias, distance by head" })).getAllByRole(
    "row",
  );
  expect(first?.textContent).toContain("head 0");
});

test("a table of positions can be transposed: its dimensions down, its positions across", async () => {
  const { site, trace } = await openFixture("bert-1", <Position />);
  const added = site("hook_pos_embed");
  await userEvent.click(screen.getByRole("checkbox", { name: "Transpose" }));
  const width = added.data.length / (added.shape[0] ?? 1);
  const [head, ...rows] = within(
    screen.getByRole("grid", { name: "The table, dimension by position" }),
  ).getAllByRole("row");
  const names = within(head as HTMLElement).getAllByRole("columnheader");
  const positions = names.slice(1).map((name) => Number.parseInt(name.textContent ?? "", 10));
  const typed = positions.filter((position) => position < trace.tokens.length);
  expect(typed.length).toBeGreaterThan(2);
  expect(rows.length).toBeGreaterThan(2);
  for (const each of rows) {
    const dimension = Number(within(each).getByRole("rowheader").textContent?.replace("d", ""));
    const cells = within(each).getAllByRole("gridcell");
    const shown = typed.map((position) => cells[positions.indexOf(position)]?.textContent);
    expect(shown).toEqual(typed.map((position) => number(added.data[position * width + dimension] ?? 0)));
  }
});

test("the passes of other orders end with the view", async () => {
  const { state } = await openFixture("bert-1", <Position />);
  await userEvent.click(screen.getByRole("button", { name: "Reverse" }));
  expect(state().runs).toHaveLength(2);
  await userEvent.click(screen.getByRole("checkbox", { name: "Without positions" }));
  expect(state().runs).toHaveLength(3);
  cleanup();
  expect(state().runs).toHaveLength(1);
});
