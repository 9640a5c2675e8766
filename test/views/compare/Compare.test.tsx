// @vitest-environment jsdom
import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { rollout } from "../../../src/analysis/aggregate/rollout";
import { first } from "../../../src/engine/tensor";
import { Compare } from "../../../src/views/compare/Compare";
import { number } from "../../../src/viz/format";
import { openFixture, openSource } from "../openFixture";

const region = () => within(screen.getByRole("region", { name: "Compare" }));

function numbersOf(name: string): (string | null)[] {
  const cells = within(region().getByRole("grid", { name })).getAllByRole("gridcell");
  return cells.map((cell) => cell.getAttribute("aria-label"));
}

describe("two heads of one run", () => {
  test("stand side by side with their signed difference", async () => {
    const { site, session } = await openFixture("gpt2-1", <Compare />);
    act(() => session.getState().select({ layer: 1, head: 0 }));
    const pattern = site("blocks.1.attn.hook_pattern");
    const [a, b] = [first(pattern, 0).data, first(pattern, 1).data];
    expect(numbersOf("A")).toEqual(Array.from(a, number));
    expect(numbersOf("B")).toEqual(Array.from(b, number));
    const difference = Float32Array.from(b, (value, at) => value - (a[at] ?? 0));
    expect(numbersOf("B − A")).toEqual(Array.from(difference, number));
  });

  test("are drawn with their axes exchanged when asked to, and say so", async () => {
    const user = userEvent.setup();
    const { site, session } = await openFixture("gpt2-1", <Compare />);
    act(() => session.getState().select({ layer: 1, head: 0 }));
    expect(region().getAllByText(/looks ↓ from/)).toHaveLength(3);
    await user.click(region().getByRole("checkbox", { name: "Transpose" }));
    expect(region().getAllByText(/looks → from/)).toHaveLength(3);
    const { data, shape } = first(site("blocks.1.attn.hook_pattern"), 0);
    const n = shape[0] ?? 0;
    const turned = Array.from(data, (_, cell) => data[(cell % n) * n + Math.floor(cell / n)] ?? Number.NaN);
    expect(numbersOf("A")).toEqual(turned.map(number));
  });

  test("of other layers are a choice away", async () => {
    const user = userEvent.setup();
    const { site } = await openFixture("gpt2-1", <Compare />);
    await user.selectOptions(region().getByRole("combobox", { name: "Head B" }), "Layer 1, head 1");
    expect(numbersOf("B")).toEqual(Array.from(first(site("blocks.1.attn.hook_pattern"), 1).data, number));
  });

  test("move the attention of the sentence that names them", async () => {
    await openFixture("gpt2-1", <Compare />);
    const change = numbersOf("B − A").map((text) => Number(text?.replace("−", "-")));
    const largest = change.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    const said = region().getByText(/They differ most/).textContent ?? "";
    expect(said).toContain(`${largest > 0 ? "+" : ""}${number(largest)}.`);
  });
});

describe("ways of reading attention", () => {
  test("rollout multiplies the layers up to the chosen one", async () => {
    const user = userEvent.setup();
    const { site, session } = await openFixture("gpt2-1", <Compare />);
    act(() => session.getState().select({ layer: 1, head: 0 }));
    await user.selectOptions(region().getByRole("combobox", { name: "Reading B" }), "rollout");
    const layers = [site("blocks.0.attn.hook_pattern"), site("blocks.1.attn.hook_pattern")];
    expect(numbersOf("B")).toEqual(Array.from(rollout(layers).at(-1)?.data ?? [], number));
    expect(region().getByText(/different units/)).toBeTruthy();
  });

  test("flow fills the row of the chosen query alone", async () => {
    const user = userEvent.setup();
    const { session } = await openFixture("bert-1", <Compare />);
    act(() => session.getState().lock({ layer: 1, query: 2 }));
    await user.selectOptions(region().getByRole("combobox", { name: "Reading B" }), "flow");
    const values = numbersOf("B");
    const filled = values.flatMap((value, at) => (value === "NaN" ? [] : [Math.floor(at / 6)]));
    expect(filled).toEqual([2, 2, 2, 2, 2, 2]);
  });

  test("each share can be drawn times the length of the value that it fetches", async () => {
    const user = userEvent.setup();
    const { site, session } = await openFixture("bert-1", <Compare />);
    act(() => session.getState().select({ layer: 1, head: 0 }));
    await user.selectOptions(region().getByRole("combobox", { name: "Reading A" }), "weighted");
    const pattern = first(site("blocks.1.attn.hook_pattern"), 0);
    const values = first(site("blocks.1.attn.hook_v"), 0);
    const [keys = 0, width = 0] = values.shape;
    const lengths = Array.from({ length: keys }, (_, key) =>
      Math.hypot(...values.data.subarray(key * width, (key + 1) * width)),
    );
    const weighted = Array.from(pattern.data, (share, cell) => share * (lengths[cell % keys] ?? 0));
    expect(numbersOf("A")).toEqual(weighted.map(number));
  });

  test("layers are not gathered over cross-attention, which is said with what to choose", async () => {
    const user = userEvent.setup();
    const source = { kind: "text", model: "translator", text: "I love you." } as const;
    const { session } = await openSource(source, <Compare />);
    act(() => session.getState().select({ stack: "decoder", attention: "cross_attn", layer: 0, head: 0 }));
    await user.selectOptions(region().getByRole("combobox", { name: "Reading A" }), "rollout");
    expect(region().getByText(/^A: .*Choose a head of self-attention/)).toBeTruthy();
    await user.selectOptions(region().getByRole("combobox", { name: "Reading A" }), "raw");
    expect(region().getByRole("grid", { name: "A" })).toBeTruthy();
  });

  test("gradients come from the engine, and scale each share of attention", async () => {
    const user = userEvent.setup();
    const { session, site } = await openFixture("gpt2-1", <Compare />);
    act(() => session.getState().lock({ layer: 0, head: 1, query: 5 }));
    await user.selectOptions(region().getByRole("combobox", { name: "Reading A" }), "gradient");
    const logits = site("logits");
    const width = logits.shape[1] ?? 0;
    const last = Array.from(logits.data.subarray(5 * width, 6 * width));
    const id = last.indexOf(Math.max(...last));
    const outcome = await session
      .getState()
      .gradients({ kind: "logProbability", site: "logits", targets: [{ position: 5, id }] });
    const all = outcome?.kind === "done" ? outcome.value["blocks.0.attn.hook_pattern_grad"] : undefined;
    if (all === undefined) throw new Error("no gradient");
    const gradient = first(all, 1).data;
    const pattern = first(site("blocks.0.attn.hook_pattern"), 1).data;
    await waitFor(() =>
      expect(numbersOf("A")).toEqual(
        Array.from(
          Float32Array.from(pattern, (share, at) => share * (gradient[at] ?? 0)),
          number,
        ),
      ),
    );
  });
});

describe("two sentences", () => {
  test("are aligned token by token, with a gap where one has a word of its own", async () => {
    const user = userEvent.setup();
    const source = { kind: "text", model: "causal", text: "It was too tired" } as const;
    const { session } = await openSource(source, <Compare />);
    const box = region().getByRole("textbox", { name: "Sentence B" });
    await user.clear(box);
    await user.type(box, "It was tired");
    await waitFor(() => expect(session.getState().runs[1]?.stale).toBe(false), { timeout: 15_000 });
    const [a, b] = session.getState().runs.map((run) => run.trace?.tokens.length ?? 0);
    const headers = within(region().getByRole("grid", { name: "B" })).getAllByRole("columnheader");
    expect(headers.length - 1).toBeGreaterThanOrEqual(Math.max(a ?? 0, b ?? 0));
    expect(numbersOf("B")).toContain("NaN");
    await user.click(region().getByRole("button", { name: "Same as A" }));
    expect(session.getState().runs).toHaveLength(1);
  });
});

describe("two models", () => {
  test("read one sentence, each with its own numbers", async () => {
    const user = userEvent.setup();
    const source = { kind: "text", model: "causal", text: "It was too tired" } as const;
    const { session } = await openSource(source, <Compare />);
    await user.selectOptions(region().getByRole("combobox", { name: "Model B" }), "masked");
    await waitFor(() => expect(session.getState().runs[1]?.status).toBe("ready"), { timeout: 15_000 });
    const { layer, head } = session.getState().selection;
    const own = session.getState().runs[1]?.trace;
    const pattern = own?.sites[`blocks.${layer}.attn.hook_pattern`];
    if (own?.modelId !== "masked" || pattern === undefined) throw new Error("no pattern of the other model");
    await waitFor(() =>
      expect(numbersOf("B").filter((value) => value !== "NaN")).toEqual(
        Array.from(first(pattern, head).data, number),
      ),
    );
  });
});
