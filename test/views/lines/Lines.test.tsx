// @vitest-environment jsdom
import { act, configure, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { first } from "../../../src/engine/tensor";
import { Lines } from "../../../src/views/lines/Lines";
import { percent } from "../../../src/viz/format";
import { openFixture, openSource } from "../openFixture";

// A shipped model takes longer to load than a fixture.
configure({ asyncUtilTimeout: 15_000 });

// jsdom has no layout to scroll.
Element.prototype.scrollIntoView = () => undefined;

const TEXT = { kind: "text", model: "causal", text: "The animal was unbelievably tired." } as const;

/** Texts of tokens as they are shown: one that looks like another says where it stands, behind `gap`. */
function named(tokens: readonly { text: string }[] | null | undefined, gap = "\u2009"): string[] {
  const texts = (tokens ?? []).map(({ text }) => text);
  return texts.map((text, at) =>
    texts.some((other, place) => place !== at && other === text) ? `${text}${gap}${at}` : text,
  );
}

function strongest(): string[] {
  const list = screen.getByRole("list", { name: "Strongest lines" });
  return within(list)
    .getAllByRole("button")
    .map((line) => line.textContent ?? "");
}

test("the strongest lines are those of the pattern, with their heads, tokens and shares", async () => {
  const { site, trace } = await openFixture("bert-1", <Lines />);
  const patterns = site("blocks.0.attn.hook_pattern");
  const [heads = 0, n = 0] = patterns.shape;
  const all = Array.from({ length: heads }, (_, head) => {
    const { data } = first(patterns, head);
    return Array.from(data, (weight, at) => ({ head, weight, query: Math.floor(at / n), key: at % n }));
  }).flat();
  const names = named(trace.tokens);
  const expected = all
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, 8)
    .map(({ head, query, key, weight }) => `L0H${head}${names[query]} → ${names[key]}${percent(weight)}`);
  expect(strongest()).toEqual(expected);
});

test("a click on a token keeps its lines, a second click adds another token's, Escape lets go", async () => {
  const { site, trace } = await openFixture("bert-1", <Lines />);
  const patterns = site("blocks.0.attn.hook_pattern");
  const [heads = 0, n = 0] = patterns.shape;
  const share = (key: number, queries: readonly number[]) => {
    let sum = 0;
    for (let head = 0; head < heads; head++) {
      for (const query of queries) sum += patterns.data[(head * n + query) * n + key] ?? 0;
    }
    return sum / heads / queries.length;
  };
  const queries = screen.getByRole("listbox", { name: "Query tokens" });
  const keys = screen.getByRole("listbox", { name: "Key tokens" });
  const names = () =>
    within(keys)
      .getAllByRole("option")
      .map((option) => option.getAttribute("aria-label"));
  const given = (chosen: readonly number[]) =>
    named(trace.tokens, " ").map((name, key) => `${name} ${percent(Math.fround(share(key, chosen)))}`);

  const options = within(queries).getAllByRole("option");
  fireEvent.click(options[1] as HTMLElement);
  expect(options[1]?.getAttribute("aria-selected")).toBe("true");
  expect(names()).toEqual(given([1]));
  fireEvent.click(options[3] as HTMLElement);
  expect(names()).toEqual(given([1, 3]));
  expect(screen.getByText(/together look most at/)).toBeTruthy();
  fireEvent.keyDown(queries, { key: "Escape" });
  expect(options.map((option) => option.getAttribute("aria-selected"))).not.toContain("true");
});

test("arrow keys walk the tokens and Enter keeps one", async () => {
  const { state, session } = await openFixture("bert-1", <Lines />);
  act(() => session.getState().lock({ query: 1, key: 0 }));
  screen.getByRole("listbox", { name: "Query tokens" }).focus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  expect(state().selection.query).toBe(3);
  await userEvent.keyboard("{Enter}");
  const selected = screen.getAllByRole("option", { selected: true });
  expect(selected.map((option) => option.textContent)).toEqual([state().runs[0]?.trace?.tokens[3]?.text]);
});

test("a head that is switched off has no lines, and one head can stand alone", async () => {
  await openFixture("bert-1", <Lines />);
  expect(strongest().some((line) => line.startsWith("L0H0"))).toBe(true);
  await userEvent.click(screen.getByRole("button", { name: "L0H0" }));
  expect(strongest().some((line) => line.startsWith("L0H0"))).toBe(false);
  await userEvent.click(screen.getByRole("button", { name: "Only L0H0" }));
  expect(new Set(strongest().map((line) => line.slice(0, 4)))).toEqual(new Set(["L0H0"]));
});

test("all layers can be drawn at once", async () => {
  const { trace } = await openFixture("bert-1", <Lines />);
  await userEvent.click(screen.getByRole("radio", { name: "All layers" }));
  const layers = trace.spec.stacks[0]?.layers ?? [];
  const heads = layers.flatMap(({ attn }, layer) =>
    Array.from({ length: attn.nHeads }, (_, head) => `L${layer}H${head}`),
  );
  const legend = screen.getByRole("group", { name: "Heads" });
  expect(
    within(legend)
      .getAllByRole("button", { pressed: true })
      .map((button) => button.textContent),
  ).toEqual(heads);
});

test("a threshold and a number of lines per query thin the lines out", async () => {
  await openFixture("bert-1", <Lines />);
  const count = () =>
    Number(/^(\d+) lines?/.exec(screen.getByRole("heading", { level: 2 }).lastChild?.textContent ?? "")?.[1]);
  const all = count();
  fireEvent.change(screen.getByRole("slider", { name: "Lines per query and head" }), {
    target: { value: "1" },
  });
  expect(count()).toBe(12);
  expect(all).toBeGreaterThan(12);
  fireEvent.change(screen.getByRole("slider", { name: "Weakest line" }), { target: { value: "0.9" } });
  expect(count()).toBeLessThan(12);
});

test("words are shown whole, and can be taken apart into their pieces", async () => {
  const { trace } = await openSource(TEXT, <Lines />);
  const texts = () =>
    within(screen.getByRole("listbox", { name: "Query tokens" }))
      .getAllByRole("option")
      .map((option) => option.textContent);
  expect(texts()).toContain("unbelievably");
  await userEvent.click(screen.getByRole("radio", { name: "Pieces" }));
  expect(texts()).toEqual(trace.tokens.map(({ text }) => text.trim()));
});

test("what is hidden gets nothing, and rows still sum to one unless that is switched off", async () => {
  await openFixture("bert-1", <Lines />);
  const total = () =>
    within(screen.getByRole("listbox", { name: "Key tokens" }))
      .getAllByRole("option")
      .map((option) => Number(/([\d.]+)\u202f%/.exec(option.getAttribute("aria-label") ?? "")?.[1] ?? 0));
  const [query] = within(screen.getByRole("listbox", { name: "Query tokens" })).getAllByRole("option");
  fireEvent.click(query as HTMLElement);
  await userEvent.click(screen.getByRole("checkbox", { name: "first token" }));
  const sum = (shares: readonly number[]) => shares.reduce((a, b) => a + b, 0);
  expect(total()[0]).toBe(0);
  expect(sum(total())).toBeCloseTo(100, 0);
  await userEvent.click(screen.getByRole("checkbox", { name: "rows still sum to 1" }));
  expect(total()[0]).toBe(0);
  expect(sum(total())).toBeLessThan(99);
});

test("a single token can be taken out of the picture", async () => {
  await openFixture("bert-1", <Lines />);
  await userEvent.click(screen.getByText("Switch single tokens off"));
  const chips = screen.getByRole("group", { name: "Key tokens" });
  const [chip] = within(chips).getAllByRole("button");
  await userEvent.click(chip as HTMLElement);
  expect(chip?.getAttribute("aria-pressed")).toBe("false");
  const [key] = within(screen.getByRole("listbox", { name: "Key tokens" })).getAllByRole("option");
  expect(key?.getAttribute("aria-label")).toMatch(/ 0\u202f%$/);
});

test("of a pair of sentences, one can be shown looking at the other", async () => {
  const { session, trace } = await openFixture("bert-1", <Lines />);
  const [run] = session.getState().runs;
  if (run?.input == null) throw new Error("the run has an input");
  const half = Math.floor(trace.tokens.length / 2);
  const tokenTypeIds = trace.tokens.map((_, at) => Number(at >= half));
  act(() => session.setState({ runs: [{ ...run, input: { ...run.input, ids: [], tokenTypeIds } }] }));
  await userEvent.click(screen.getByRole("radio", { name: "A → B" }));
  const shares = within(screen.getByRole("listbox", { name: "Key tokens" }))
    .getAllByRole("option")
    .map((option) => option.getAttribute("aria-label")?.split(" ").at(-1));
  const isNone = (share: string | undefined) => share === "0\u202f%";
  expect(shares.slice(0, half).every(isNone)).toBe(true);
  expect(shares.slice(half).some(isNone)).toBe(false);
});

test("cross-attention goes from the decoder's tokens to the encoder's", async () => {
  const { session, state, trace } = await openFixture("marian-1", <Lines />);
  await userEvent.click(screen.getByRole("radio", { name: "Cross-attention" }));
  expect(state().selection).toMatchObject({ stack: "decoder", attention: "cross_attn" });
  const texts = (name: string) =>
    within(screen.getByRole("listbox", { name }))
      .getAllByRole("option")
      .map((option) => option.textContent);
  expect(texts("Query tokens")).toEqual(named(trace.decoderTokens));
  expect(texts("Key tokens")).toEqual(named(trace.tokens));
  act(() => session.getState().select({ stack: "encoder", attention: "attn" }));
  expect(texts("Query tokens")).toEqual(named(trace.tokens));
});

test("the chosen head alone is drawn, whichever is chosen, until another is switched on", async () => {
  const { session, settings } = await openFixture("bert-1", <Lines />);
  const on = () =>
    screen
      .getAllByRole("button", { name: /^L0H\d$/ })
      .filter((button) => button.getAttribute("aria-pressed") === "true")
      .map((button) => button.textContent);
  act(() => settings.getState().set({ options: { ...settings.getState().options, lineLayers: "head" } }));
  expect(on()).toEqual(["L0H0"]);
  act(() => session.getState().lock({ head: 1 }));
  expect(on()).toEqual(["L0H1"]);
  expect(strongest().every((line) => line.startsWith("L0H1"))).toBe(true);
  fireEvent.click(screen.getByRole("button", { name: "L0H0" }));
  expect(on()).toEqual(["L0H0", "L0H1"]);
});
