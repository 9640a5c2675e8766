// @vitest-environment jsdom
import { fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { distribution } from "../../../src/engine/decode/sampling";
import { Output } from "../../../src/views/output/Output";
import { found } from "../../../src/views/output/outcomes";
import { nearestStop, topKStops } from "../../../src/views/output/topK";
import { percent } from "../../../src/viz/format";
import { openFixture } from "../openFixture";

const VOCABULARY = 40;

/** Token and share of each row that is there, in order. */
function shares(): (readonly [string, string])[] {
  const rows = within(screen.getByRole("list", { name: "Next token" })).getAllByRole("listitem");
  return rows.flatMap((row) => {
    const token = row.querySelector("bdi")?.textContent;
    return token ? [[token, row.firstElementChild?.lastElementChild?.textContent ?? ""] as const] : [];
  });
}

describe("the next token", () => {
  test("is listed by probability, over the whole vocabulary, after the last position", async () => {
    const { site } = await openFixture("gpt2-1", <Output />);
    const logits = site("logits").data.slice(-VOCABULARY);
    const { kept, keptProbabilities } = distribution(logits, { temperature: 1, topK: null, topP: null });
    await screen.findAllByText(String(kept[0]), { selector: "bdi" });
    const shown = shares();
    expect(shown.length).toBeGreaterThanOrEqual(10);
    const expected = kept.map((id, at) => [String(id), percent(keptProbabilities[at] ?? 0)]);
    expect(shown).toEqual(expected.slice(0, shown.length));
    const [row] = within(screen.getByRole("list", { name: "Next token" })).getAllByRole("listitem");
    expect(row?.getAttribute("aria-setsize")).toBe(String(VOCABULARY));
  });

  test("follows temperature, top-k and top-p, and says what they keep", async () => {
    const { site, state } = await openFixture("gpt2-1", <Output />);
    const logits = site("logits").data.slice(-VOCABULARY);
    fireEvent.change(screen.getByRole("slider", { name: "Temperature" }), { target: { value: "0.5" } });
    fireEvent.change(screen.getByRole("slider", { name: "Top-k" }), { target: { value: "2" } });
    expect(state().sampling).toMatchObject({ temperature: 0.5, topK: 3 });
    const { kept, keptProbabilities } = distribution(logits, { temperature: 0.5, topK: 3, topP: null });
    await screen.findAllByText(String(kept[0]), { selector: "bdi" });
    expect(
      shares()
        .slice(0, 4)
        .map(([, share]) => share),
    ).toEqual([...keptProbabilities.map(percent), "cut"]);
    expect(screen.getByText(/^3 of 40 tokens can be drawn/)).toBeTruthy();
  });

  test("can be sought by its text, whatever its rank", async () => {
    await openFixture("gpt2-1", <Output />);
    await screen.findAllByText(/^\d+$/, { selector: "bdi" });
    await userEvent.type(screen.getByRole("searchbox", { name: "Find a token" }), "7");
    expect(
      shares()
        .map(([token]) => token)
        .toSorted(),
    ).toEqual(["17", "27", "37", "7"]);
  });
});

test("a model that reads both ways says what fits at the chosen token", async () => {
  const { site, session } = await openFixture("bert-1", <Output />);
  session.getState().lock({ query: 2 });
  const logits = site("logits").data.slice(2 * VOCABULARY, 3 * VOCABULARY);
  const { kept } = distribution(logits, { temperature: 1, topK: null, topP: null });
  await screen.findAllByText(String(kept[0]), { selector: "bdi" });
  const [row] = within(await screen.findByRole("list", { name: "What fits here" })).getAllByRole("listitem");
  expect(row?.querySelector("bdi")?.textContent).toBe(String(kept[0]));
});

test("search ignores case and keeps the order of ranks", () => {
  expect(found([2, 0, 1], ["Cat", "dog", "catch"], "cat")).toEqual([0, 1]);
  expect(found([2, 0, 1], ["Cat", "dog", "catch"], "")).toEqual([0, 1, 2]);
});

test("top-k has round stops up to the vocabulary, and a place for any number of a link", () => {
  const stops = topKStops(40);
  expect(stops).toEqual([1, 2, 3, 5, 10, 20, 0]);
  expect([0, 1, 4, 39].map((k) => stops[nearestStop(stops, k)])).toEqual([0, 1, 5, 20]);
});
