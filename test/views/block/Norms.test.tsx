// @vitest-environment jsdom
import { act, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { normOf, row } from "../../../src/analysis/matrix";
import { Block } from "../../../src/views/block/Block";
import { number } from "../../../src/viz/format";
import { openFixture } from "../openFixture";

/** The column of a normalisation, by its title. */
function column(title: string): HTMLElement {
  const found = screen.getByRole("heading", { level: 4, name: title }).parentElement;
  if (found === null) throw new Error(`there is no column ${title}`);
  return found;
}

function numbers(title: string): Record<string, string> {
  const terms = within(column(title)).getAllByRole("term");
  const values = within(column(title)).getAllByRole("definition");
  return Object.fromEntries(terms.map((term, at) => [term.textContent, values[at]?.textContent ?? ""]));
}

test("mean, variance and ε are those of the vector that the norm reads", async () => {
  const { site, session, trace } = await openFixture("gpt2-1", <Block />);
  act(() => session.getState().lock({ layer: 0, query: 2 }));
  const x = Array.from(row(site("blocks.0.hook_resid_pre"), 2));
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  const eps = trace.spec.stacks[0]?.layers[0]?.norm?.eps ?? 0;
  expect(numbers("Before attention")).toEqual({
    "mean μ": number(mean),
    variance: number(variance),
    ε: number(eps),
    σ: number(Math.sqrt(variance + eps)),
  });
});

test("the vectors before and after stand with their lengths, and γ and β come with the weights", async () => {
  const { site, session } = await openFixture("gpt2-1", <Block />);
  act(() => session.getState().lock({ layer: 0, query: 2 }));
  await within(column("Before attention")).findByText("γ");
  const length = (name: string) =>
    within(column("Before attention")).getByText(name).parentElement?.lastChild?.textContent;
  expect(length("x")).toBe(number(normOf(row(site("blocks.0.hook_resid_pre"), 2))));
  expect(length("(x − μ) ÷ σ")).toBe(number(normOf(row(site("blocks.0.ln1.hook_normalized"), 2))));
  expect(length("result")).toBe(number(normOf(row(site("blocks.0.ln1.hook_out"), 2))));
  expect(within(column("Before attention")).getByText("β")).toBeTruthy();
  expect(screen.getAllByRole("img", { name: "How the numbers are spread before" }).length).toBeGreaterThan(1);
});

test.each([
  ["gpt2-1", "blocks", 0, ["Before attention", "Before the MLP"]],
  ["gpt2-1", "blocks", 9, ["Before attention", "Before the MLP", "After the last block"]],
  ["bert-1", "blocks", 0, ["After attention", "After the MLP"]],
  ["marian-1", "encoder", 0, ["After attention", "After the MLP"]],
  ["gpt_neox-1", "blocks", 0, ["Before attention", "Before the MLP"]],
] as const)("%s has its norms in %s layer %i where they are wired", async (model, stack, layer, titles) => {
  const { session } = await openFixture(model, <Block />);
  act(() => session.getState().lock({ stack, layer, query: 1 }));
  expect(screen.getAllByRole("heading", { level: 4 }).map((heading) => heading.textContent)).toEqual(titles);
});

test("a norm of the mean square subtracts nothing", async () => {
  const { session } = await openFixture("llama-1", <Block />);
  act(() => session.getState().lock({ layer: 0, query: 2 }));
  expect(Object.keys(numbers("Before attention"))).toEqual(["mean square", "ε", "σ"]);
});

test("a sentence follows the token through the block", async () => {
  const { site, session, trace } = await openFixture("gpt2-1", <Block />);
  act(() => session.getState().lock({ layer: 1, query: 2 }));
  const length = (name: "hook_resid_pre" | "hook_attn_out" | "hook_mlp_out" | "hook_resid_post") =>
    number(normOf(row(site(`blocks.1.${name}`), 2)));
  const sentence = `${trace.tokens[2]?.text} enters with length ${length("hook_resid_pre")}; attention adds ${length("hook_attn_out")}, the MLP adds ${length("hook_mlp_out")}; the sum has length ${length("hook_resid_post")}.`;
  expect(screen.getByRole("region", { name: "Block" }).textContent).toContain(sentence);
});

test("side by side, the stream after the first branch holds what that branch alone has added", async () => {
  const { site, session } = await openFixture("gpt_neox-1", <Block />);
  act(() => session.getState().lock({ layer: 0, query: 2 }));
  const enters = row(site("blocks.0.hook_resid_pre"), 2);
  const writes = row(site("blocks.0.hook_attn_out"), 2);
  const drawing = screen.getByRole("group", { name: "The block as it is wired" });
  const first = number(normOf(enters.map((value, d) => value + (writes[d] ?? 0))));
  const last = number(normOf(row(site("blocks.0.hook_resid_post"), 2)));
  expect(within(drawing).getByText(`length ${first}`)).toBeTruthy();
  expect(within(drawing).getByText(`length ${last}`)).toBeTruthy();
  expect(first).not.toBe(last);
});
