// @vitest-environment jsdom
import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { row } from "../../../src/analysis/matrix";
import { at, first } from "../../../src/engine/tensor";
import { Neuron } from "../../../src/views/neuron/Neuron";
import { number, percent, signed } from "../../../src/viz/format";
import { openFixture } from "../openFixture";

const PLACE = { layer: 1, head: 1, query: 4, key: 2 } as const;

function cells(table: string): string[][] {
  return within(screen.getByRole("table", { name: table }))
    .getAllByRole("row")
    .slice(1)
    .map((line) => [...line.children].map((cell) => cell.textContent ?? "").filter((text) => text !== ""));
}

test("q, k and their products stand dimension by dimension, and add up to the trace's own product", async () => {
  const { site, session } = await openFixture("gpt2-1", <Neuron />);
  act(() => session.getState().lock(PLACE));
  await userEvent.click(screen.getByRole("radio", { name: "By dimension" }));
  const q = row(first(site("blocks.1.attn.hook_q"), 1), 4);
  const k = row(first(site("blocks.1.attn.hook_k"), 1), 2);
  const product = (d: number) => Math.fround((q[d] ?? 0) * (k[d] ?? 0));
  expect(cells("Query times key")).toEqual(
    Array.from(q, (value, d) => [`d${d}`, number(value), number(k[d] ?? 0), signed(product(d))]),
  );
  const dot = at(site("blocks.1.attn.step_dot"), 1, 4, 2);
  expect(Array.from(q).reduce((sum, _, d) => sum + product(d), 0)).toBeCloseTo(dot, 4);
  expect(screen.getByText(`sum of the ${q.length} products`).nextSibling?.textContent).toBe(signed(dot));
});

test("by contribution the dimension that adds most stands first", async () => {
  const { session } = await openFixture("gpt2-1", <Neuron />);
  act(() => session.getState().lock(PLACE));
  const sizes = cells("Query times key").map((line) => Math.abs(Number(line.at(-1)?.replace("−", "-"))));
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
});

test("from the sum to the share of attention every step has the trace's number", async () => {
  const { site, session } = await openFixture("gpt2-1", <Neuron />);
  act(() => session.getState().lock(PLACE));
  const value = (name: "step_dot" | "step_scaled" | "hook_pattern") =>
    at(site(`blocks.1.attn.${name}`), 1, 4, 2);
  const region = screen.getByRole("region", { name: "Neuron" });
  const steps = within(region.querySelector("ol") as HTMLElement)
    .getAllByRole("listitem")
    .map((step) => step.lastChild?.textContent);
  expect(steps).toEqual([
    number(value("step_dot")),
    number(value("step_scaled")),
    percent(value("hook_pattern")),
  ]);
});

test("what of the value is handed over is the share times the value", async () => {
  const { site, session } = await openFixture("gpt2-1", <Neuron />);
  act(() => session.getState().lock(PLACE));
  await userEvent.click(screen.getByRole("radio", { name: "By dimension" }));
  const v = row(first(site("blocks.1.attn.hook_v"), 1), 2);
  const share = at(site("blocks.1.attn.hook_pattern"), 1, 4, 2);
  expect(cells("What of the value is handed over")).toEqual(
    Array.from(v, (value, d) => [`d${d}`, number(value), signed(Math.fround(share * value))]),
  );
});

test("arrow keys walk the keys, each with its score and its share", async () => {
  const { site, session, state, trace } = await openFixture("gpt2-1", <Neuron />);
  act(() => session.getState().lock({ ...PLACE, key: 0 }));
  const keys = screen.getByRole("listbox", { name: "Keys" });
  keys.focus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}");
  expect(state().selection.key).toBe(3);
  expect(
    within(keys)
      .getAllByRole("option")
      .map((option) => option.textContent),
  ).toEqual(
    trace.tokens.map(({ text }, key) => {
      // A token that looks like another says where it stands.
      const isTwin = trace.tokens.some((other, place) => place !== key && other.text === text);
      const score = at(site("blocks.1.attn.hook_attn_scores"), 1, 4, key);
      return `${text}${isTwin ? `\u2009${key}` : ""}${number(score)}${percent(at(site("blocks.1.attn.hook_pattern"), 1, 4, key))}`;
    }),
  );
});

test("a key that the mask hides says so", async () => {
  const { session } = await openFixture("gpt2-1", <Neuron />);
  act(() => session.getState().lock({ ...PLACE, query: 1, key: 3 }));
  expect(screen.getByText(/may not see what comes after it/)).toBeTruthy();
});

test("where queries and keys are turned, the turned ones are multiplied, and grouped heads share their key", async () => {
  const { site, session } = await openFixture("llama-1", <Neuron />);
  act(() => session.getState().lock({ layer: 0, head: 1, query: 3, key: 1 }));
  await userEvent.click(screen.getByRole("radio", { name: "By dimension" }));
  const turned = site("blocks.0.attn.hook_rot_k");
  const heads = site("blocks.0.attn.hook_q").shape[0] ?? 1;
  const shared = Math.floor((turned.shape[0] ?? 1) / heads);
  const k = row(first(turned, shared), 1);
  expect(cells("Query times key").map((line) => line[2])).toEqual(Array.from(k, number));
});

test("a bias for the distance is a step of its own", async () => {
  const { site, session } = await openFixture("t5-1", <Neuron />);
  act(() => session.getState().lock({ stack: "encoder", layer: 0, head: 1, query: 3, key: 1 }));
  const bias = at(site("encoder.0.attn.step_bias"), 1, 3, 1);
  expect(screen.getByText("+ position bias").nextSibling?.textContent).toBe(signed(bias));
});
