// @vitest-environment jsdom
import { act, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { Cell } from "../../src/views/cell/Cell";
import { Heads } from "../../src/views/heads/Heads";
import { Output } from "../../src/views/output/Output";
import { Steps } from "../../src/views/steps/Steps";
import { openFixture } from "./openFixture";

const MODELS = [
  "gpt2-2",
  "openai-gpt-1",
  "gpt_neox-1",
  "llama-1",
  "mistral-1",
  "qwen2-1",
  "bert-2",
  "roberta-1",
  "distilbert-1",
  "albert-1",
];

test.each(MODELS)(
  "every stage of %s shows what its trace holds, with a sentence about a number",
  async (model) => {
    const { session, state } = await openFixture(
      model,
      <>
        <Heads />
        <Steps />
        <Cell />
        <Output />
      </>,
    );
    act(() => state().lock({ layer: 1, head: 1, query: 3, key: 2 }));
    const steps = within(screen.getByRole("region", { name: "Steps" }));
    for (const tab of steps.getAllByRole("tab")) {
      act(() => tab.click());
      const name = tab.textContent ?? "";
      expect(
        steps.queryByText(/is being worked out|comes with the live model|does not hold/),
        name,
      ).toBeNull();
      const panel = within(screen.getByRole("tabpanel", { name }));
      expect(panel.getAllByRole("grid").length, name).toBeGreaterThan(0);
      // No message is missing: a key without one is shown as itself.
      expect(document.body.textContent, name).not.toMatch(/\b(?:steps|cell|heads|output|terms)\.[a-z]/);
      expect(
        within(screen.getByRole("region", { name: "Cell" })).getByText(/\d|−∞/, { selector: "p b" }),
      ).toBeTruthy();
    }
    expect(session.getState().runs[0]?.error).toBeNull();
  },
);
