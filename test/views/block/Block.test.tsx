// @vitest-environment jsdom
import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { cosineOf, normOf, row } from "../../../src/analysis/matrix";
import { Block } from "../../../src/views/block/Block";
import { number } from "../../../src/viz/format";
import { openFixture } from "../openFixture";

test("the drawing says what attention and MLP write to the chosen token, and in which direction", async () => {
  const { site, session } = await openFixture("gpt2-1", <Block />);
  act(() => session.getState().lock({ layer: 1, query: 2 }));
  const vector = (name: "hook_resid_pre" | "hook_attn_out" | "hook_resid_mid" | "hook_mlp_out") =>
    row(site(`blocks.1.${name}`), 2);
  const drawing = screen.getByRole("group", { name: "The block as it is wired" });
  for (const [writes, stream] of [
    ["hook_attn_out", "hook_resid_pre"],
    ["hook_mlp_out", "hook_resid_mid"],
  ] as const) {
    const norm = number(normOf(vector(writes)));
    const cosine = number(cosineOf(vector(writes), vector(stream)));
    expect(within(drawing).getByText(`writes ${norm}, cos ${cosine}`)).toBeTruthy();
  }
  expect(screen.getByRole("heading", { level: 2 }).textContent).toBe(
    "Block 1the residual stream of 3, pre-norm",
  );
});

test.each([
  ["gpt2-1", "pre-norm"],
  ["bert-1", "post-norm"],
  ["gpt_neox-1", "attention and MLP side by side"],
])("%s is drawn as %s", async (model, said) => {
  await openFixture(model, <Block />);
  expect(screen.getByRole("heading", { level: 2 }).textContent).toContain(said);
});

test("each head's write is listed and opens its site", async () => {
  const { state } = await openFixture("gpt2-1", <Block />);
  const list = screen.getByRole("list");
  expect(
    within(list)
      .getAllByRole("button")
      .map((part) => part.firstElementChild?.textContent),
  ).toEqual(["head 0", "head 1", "MLP"]);
  await userEvent.click(within(list).getByRole("button", { name: /^head 1/ }));
  expect(state().selection).toMatchObject({ head: 1, step: "project", site: "attn.hook_result" });
});

test("the head that is looked at stands out among the writes", async () => {
  const { session } = await openFixture("gpt2-1", <Block />);
  act(() => session.getState().look({ layer: 1, head: 1 }));
  expect(screen.getByRole("button", { pressed: true }).firstElementChild?.textContent).toBe("head 1");
});

test("a box opens its stage with the keyboard too", async () => {
  const { state } = await openFixture("gpt2-1", <Block />);
  screen.getByRole("button", { name: "2 heads" }).focus();
  await userEvent.keyboard("{Enter}");
  expect(state().selection.step).toBe("softmax");
  screen.getAllByRole("button", { name: "MLP" })[0]?.focus();
  await userEvent.keyboard(" ");
  expect(state().selection.step).toBe("mlp");
});
