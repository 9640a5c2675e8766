// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { BLANK } from "../../../src/store/picture";
import { Digits } from "../../../src/views/digits/Digits";
import { percent } from "../../../src/viz/format";
import { openFixture, openSource } from "../openFixture";

const SOURCE = { kind: "image", model: "vit-1", picture: BLANK } as const;

function inkOf(opened: Awaited<ReturnType<typeof openSource>>): number {
  const source = opened.state().runs[0]?.run.source;
  return source?.kind === "image" ? Array.from(source.picture.data).reduce((sum, ink) => sum + ink, 0) : -1;
}

test("the attention over the image is the chosen head's row of the trace", async () => {
  const { state, site } = await openSource(SOURCE, <Digits />);
  act(() => state().lock({ layer: 1, head: 1, query: 2 }));
  const { data, shape } = site("blocks.1.attn.hook_pattern");
  const [, queries = 0, keys = 0] = shape;
  const row = data.subarray((queries + 2) * keys, (queries + 3) * keys);
  const cells = within(screen.getByRole("grid", { name: "Attention over the image" })).getAllByRole(
    "gridcell",
  );
  expect(cells.map((cell) => cell.getAttribute("aria-label"))).toEqual([
    `patch in row 0, column 0: ${percent(row[1] ?? 0)}`,
    `patch in row 0, column 1: ${percent(row[2] ?? 0)}`,
    `patch in row 1, column 0: ${percent(row[3] ?? 0)}`,
    `patch in row 1, column 1: ${percent(row[4] ?? 0)}`,
  ]);
  expect(
    screen.getByRole("button", { name: `[CLS], the class token: ${percent(row[0] ?? 0)}` }),
  ).toBeTruthy();
});

test("the classes are the softmax of the logits", async () => {
  const { site } = await openSource(SOURCE, <Digits />);
  const logits = Array.from(site("logits").data);
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
  const items = within(screen.getByRole("list", { name: "Classes" })).getAllByRole("listitem");
  const shares = items.map(
    (item) => Number.parseFloat(/^kind \d(.+)%$/.exec(item.textContent ?? "")?.[1] ?? "") / 100,
  );
  logits.forEach((logit, at) => {
    expect(shares[at]).toBeCloseTo(Math.exp(logit) / total, 3);
  });
});

test("a stroke of the mouse is read by the model; undo and clear take it back", async () => {
  const opened = await openSource(SOURCE, <Digits />);
  const pad = screen.getByRole("application", { name: "Pad" });
  pad.getBoundingClientRect = () =>
    DOMRect.fromRect?.({ width: 280, height: 280 }) ?? new DOMRect(0, 0, 280, 280);
  fireEvent.pointerDown(pad, { clientX: 140, clientY: 40, button: 0 });
  fireEvent.pointerMove(pad, { clientX: 140, clientY: 240 });
  fireEvent.pointerUp(pad);
  const drawn = inkOf(opened);
  expect(drawn).toBeGreaterThan(20 * 255);
  await waitFor(() => expect(opened.state().runs[0]?.status).toBe("ready"));
  expect(opened.state().runs[0]?.trace?.sites.logits?.data).not.toEqual(opened.site("logits").data);
  await userEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(inkOf(opened)).toBe(0);
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(inkOf(opened)).toBe(drawn);
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(inkOf(opened)).toBe(0);
  expect(screen.getByRole("button", { name: "Undo" })).toHaveProperty("disabled", true);
});

test("the keyboard draws: space lowers the pen, arrows move it", async () => {
  const opened = await openSource(SOURCE, <Digits />);
  screen.getByRole("application", { name: "Pad" }).focus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  expect(inkOf(opened)).toBe(0);
  await userEvent.keyboard(" {ArrowDown}{ArrowDown}{ArrowDown}");
  const drawn = inkOf(opened);
  expect(drawn).toBeGreaterThan(5 * 255);
  await userEvent.keyboard(" {ArrowDown}{ArrowDown}");
  expect(inkOf(opened)).toBe(drawn);
});

test("patches are chosen by click, by arrow keys and in the row of tokens", async () => {
  const { state } = await openSource(SOURCE, <Digits />);
  await userEvent.click(screen.getByRole("gridcell", { name: /row 1, column 0/ }));
  expect(state().selection.query).toBe(3);
  screen.getByRole("grid", { name: "Attention over the image" }).focus();
  await userEvent.keyboard("{ArrowRight}");
  expect(state().selection.query).toBe(4);
  const tokens = within(screen.getByRole("list", { name: "The image as tokens" }));
  expect(tokens.getAllByRole("button")).toHaveLength(5);
  await userEvent.click(tokens.getByRole("button", { name: "[CLS]" }));
  expect(state().selection.query).toBe(0);
});

test("beside a text the pad waits", async () => {
  await openFixture("gpt2-1", <Digits />);
  expect(screen.getByRole("application", { name: "Pad" })).toBeTruthy();
  expect(screen.getByText(/Draw a digit, or choose one/)).toBeTruthy();
  expect(screen.queryByRole("grid")).toBe(null);
});
