// @vitest-environment jsdom
import { readFileSync } from "node:fs";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import english from "../../../src/i18n/messages/en/atlas.json";
import { Atlas } from "../../../src/views/atlas/Atlas";
import { FAMILY } from "../../../src/views/atlas/family";
import { openFixture } from "../openFixture";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The page's own files, from the disk. */
function serveModels() {
  vi.stubGlobal("fetch", async (url: string | URL) => {
    const path = new URL(url).pathname;
    return new Response(readFileSync(`public${path}`));
  });
}

test("every model of the family is there, with its number or that it was not published", async () => {
  await openFixture("gpt2-1", <Atlas />);
  const names = screen.getAllByRole("listitem").map((item) => item.textContent ?? "");
  for (const { name } of FAMILY) expect(names.some((text) => text.startsWith(name))).toBe(true);
  const decoders = within(screen.getByRole("list", { name: "Decoders: read left to right" }));
  expect(decoders.getByRole("button", { name: /GPT-3 2020/ }).textContent).toMatch(/175.G/);
  expect(decoders.getByRole("button", { name: /GPT-4/ }).textContent).toContain("not published");
});

test("a model opens with its shape, its formula and its source", async () => {
  await openFixture("gpt2-1", <Atlas />);
  await userEvent.click(screen.getByRole("button", { name: /GPT-3 2020/ }));
  expect(screen.getByText("96, each 128 wide")).toBeTruthy();
  expect(screen.getByText("96 × (4 · 12,288 · 12,288 + 2 · 12,288 · 49,152) + 50,257 · 12,288")).toBeTruthy();
  expect(screen.getByText(/Brown et al. 2020/)).toBeTruthy();
  expect(screen.getByText(/Reads 6 positions/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: /^GPT-4/ }));
  expect(screen.getByText(english["shape.unpublished"])).toBeTruthy();
});

test("the bars change with the number that is chosen, and with the length", async () => {
  await openFixture("gpt2-1", <Atlas />);
  const bert = () => screen.getByRole("button", { name: /^BERT-base/ }).textContent ?? "";
  await userEvent.click(screen.getByRole("radio", { name: "attention memory" }));
  // 4 bytes · 12 layers · 12 heads · 6²
  expect(bert()).toContain("20.7");
  await userEvent.click(screen.getByRole("radio", { name: "full context" }));
  expect(bert()).toContain("151");
});

test("our models stand among the others, from their own specs, and load", async () => {
  serveModels();
  const { state } = await openFixture("gpt2-1", <Atlas />);
  await userEvent.click(await screen.findByRole("button", { name: /^Causal/ }));
  await userEvent.click(screen.getByRole("button", { name: "Load Causal" }));
  expect(state().runs[0]?.run.source.model).toBe("causal");
});
