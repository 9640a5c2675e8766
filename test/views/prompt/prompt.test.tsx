// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, test } from "vitest";
import { problem } from "../../../src/model/problems";
import { SessionProvider } from "../../../src/store/SessionContext";
import { createSession } from "../../../src/store/session";
import { failureValues } from "../../../src/views/prompt/failureValues";
import { Prompt } from "../../../src/views/prompt/Prompt";
import type { RunResult } from "../../../src/worker/engine";
import { heldEngine, resultOf } from "../../support/engine";

afterEach(cleanup);

async function shown(text = "one two three") {
  const engine = heldEngine();
  const session = createSession(engine, {
    runs: [{ source: { kind: "text", model: "causal", text }, edits: [], seed: 1 }],
  });
  render(
    <SessionProvider store={session}>
      <Prompt />
    </SessionProvider>,
  );
  session.getState().start();
  await engine.finish();
  await screen.findByRole("button", { name: /^one 0/ });
  const pair = () => {
    const { query, key } = session.getState().selection;
    return [query, key];
  };
  return { engine, session, pair, user: userEvent.setup() };
}

const chip = (name: RegExp) =>
  within(screen.getByRole("group", { name: "Tokens" })).getByRole("button", { name });

describe("the prompt", () => {
  test("runs on every keystroke", async () => {
    const { engine, user } = await shown();
    await user.type(screen.getByRole("textbox", { name: "Sentence" }), " x");
    expect(engine.asked.map(({ request }) => request.input)).toEqual([
      { text: "one two three" },
      { text: "one two three " },
      { text: "one two three x" },
    ]);
  });

  test("waits while an input method composes a word", async () => {
    const { engine } = await shown();
    const field = screen.getByRole("textbox", { name: "Sentence" });
    fireEvent.compositionStart(field);
    fireEvent.input(field, { target: { value: "one two three ni" } });
    expect(engine.asked).toHaveLength(1);
    fireEvent.input(field, { target: { value: "one two three 你" } });
    fireEvent.compositionEnd(field);
    expect(engine.asked.map(({ request }) => request.input)).toEqual([
      { text: "one two three" },
      { text: "one two three 你" },
    ]);
  });

  test("shows a text from elsewhere in its field, and does not run it twice", async () => {
    const { engine, session } = await shown();
    session.getState().setText("four five");
    await engine.finish();
    expect(await screen.findByDisplayValue("four five")).toBeTruthy();
    expect(engine.asked).toHaveLength(2);
  });

  test("says which tensors of a folder nothing reads, and where the numbers of a pass stop being finite", async () => {
    const { engine, session } = await shown();
    const run = async (unread: readonly string[], notFinite: RunResult["notFinite"]) => {
      session.getState().setText("four five");
      const result = resultOf("four five");
      const facts = { ...result.facts, unread };
      await act(async () =>
        engine.asked.at(-1)?.answer({ kind: "done", value: { ...result, facts, notFinite } }),
      );
      return screen.getByRole("status").textContent;
    };
    expect(await run([], null)).toBe("");
    const names = Array.from({ length: 8 }, (_, at) => `tensor.${at}`);
    expect(await run(names, null)).toBe(
      "Tensors of this folder that its architecture does not read: tensor.0, tensor.1, tensor.2, tensor.3, tensor.4, tensor.5 and 2 more.",
    );
    expect(await run(names.slice(0, 1), null)).toBe(
      "Tensors of this folder that its architecture does not read: tensor.0.",
    );
    expect(await run([], { site: "blocks.0.mlp.hook_pre", index: 3 })).toBe(
      "From blocks.0.mlp.hook_pre on, numbers of this pass are not finite: some weights are too large for 32-bit floats.",
    );
  });

  test("offers Retry with an error, and runs again", async () => {
    const { engine, session, user } = await shown();
    session.getState().setText("four");
    const failure = problem("network", { status: 503, path: "/models/a/config.json" });
    engine.asked.at(-1)?.answer({ kind: "failed", failure });
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("/models/a/config.json answered with status 503.");
    expect(alert.textContent).toContain("The last picture stays");
    await user.click(within(alert).getByRole("button", { name: "Retry" }));
    await engine.finish();
    expect(await screen.findByRole("button", { name: /^four 0/ })).toBeTruthy();
    expect(screen.queryByRole("alert")).toBe(null);
  });
});

describe("the tokens", () => {
  test("are looked at on hover and let go when the pointer leaves", async () => {
    const { session, user } = await shown();
    await user.hover(chip(/^two/));
    expect(session.getState().hover).toEqual({ query: 1 });
    expect(session.getState().locked).toBe(false);
    await user.unhover(screen.getByRole("group", { name: "Tokens" }));
    expect(session.getState().hover).toBe(null);
  });

  test("are the query at the first click and the key at the second", async () => {
    const { pair, session, user } = await shown();
    await user.click(chip(/^three/));
    await user.click(chip(/^one/));
    expect(pair()).toEqual([2, 0]);
    await user.click(chip(/^two/));
    expect(pair()).toEqual([1, 0]);
    expect(session.getState().locked).toBe(true);
    expect(chip(/^two 1, the query$/).getAttribute("aria-pressed")).toBe("true");
    expect(chip(/^one 0, the key$/).getAttribute("aria-pressed")).toBe("true");
  });

  test("are the key with shift, and Escape lets go", async () => {
    const { pair, session, user } = await shown();
    await user.click(chip(/^three/));
    await user.keyboard("{Shift>}");
    await user.click(chip(/^two/));
    await user.click(chip(/^one/));
    await user.keyboard("{/Shift}");
    expect(pair()).toEqual([2, 0]);
    await user.keyboard("{Escape}");
    expect(session.getState().locked).toBe(false);
  });

  test("are one stop of the Tab key, and arrows walk along them", async () => {
    const { user } = await shown();
    const stops = () =>
      within(screen.getByRole("group", { name: "Tokens" }))
        .getAllByRole("button")
        .map((each) => each.tabIndex);
    expect(stops()).toEqual([0, -1, -1]);
    chip(/^one/).focus();
    await user.keyboard("{ArrowRight}");
    expect(document.activeElement).toBe(chip(/^two/));
    expect(stops()).toEqual([-1, 0, -1]);
    await user.keyboard("{End}{ArrowRight}");
    expect(document.activeElement).toBe(chip(/^three/));
    await user.keyboard("{Home}{ArrowLeft}");
    expect(document.activeElement).toBe(chip(/^one/));
  });
});

test("the values of a failure name a few of many, and both shapes of a tensor that does not fit", () => {
  const names = ["a", "b", "c", "d", "e", "f", "g"];
  expect(failureValues(problem("missingTensors", { names }))).toEqual({ names: "a, b, c, d, e … (7)" });
  const tensors = [{ name: "wte", expected: [4, 2], got: [2, 4] }];
  expect(failureValues(problem("wrongShape", { tensors }))).toEqual({ tensors: "wte [2 × 4] ≠ [4 × 2]" });
  expect(failureValues(problem("network", { status: 404, path: "/a" }))).toEqual({ status: 404, path: "/a" });
});
