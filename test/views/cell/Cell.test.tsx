// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { at } from "../../../src/engine/tensor";
import { Cell } from "../../../src/views/cell/Cell";
import { number, percent } from "../../../src/viz/format";
import { openFixture } from "../openFixture";

/** The value that a shown number says. */
function parsed(text: string): number {
  const [mantissa = "", power = ""] = text
    .replaceAll(/[+\u202f,]/g, "")
    .replaceAll("−", "-")
    .split("×10");
  const exponent = [...power].map((digit) => (digit === "⁻" ? "-" : "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit))).join("");
  return Number(mantissa) * 10 ** Number(exponent || "0");
}

/** The values of a list of terms; a long one is scrolled through, since it makes only the rows that show. */
function partsOf(list: HTMLElement): number[] {
  const parts = new Map<string, number>();
  for (let top = 0; top <= 2000; top += 200) {
    list.scrollTop = top;
    fireEvent.scroll(list);
    for (const row of list.querySelectorAll("li > div")) {
      parts.set(row.textContent ?? "", parsed(row.lastElementChild?.textContent ?? ""));
    }
  }
  return [...parts.values()];
}

describe("a pair of tokens", () => {
  test("is said in a sentence with the very tokens and numbers", async () => {
    const { site, session } = await openFixture("gpt2-1", <Cell />);
    act(() => session.getState().lock({ query: 3, key: 1 }));
    const share = at(site("blocks.0.attn.hook_pattern"), 0, 3, 1);
    expect(screen.getByText(/gives/, { selector: "p" }).textContent).toContain(
      `12 gives 9\u20091 ${percent(share)}`,
    );
  });

  test("shows each number between q·k and the attention", async () => {
    const { site, session } = await openFixture("gpt2-1", <Cell />);
    act(() => session.getState().lock({ query: 3, key: 1 }));
    const attn = "blocks.0.attn" as const;
    const score = at(site(`${attn}.hook_attn_scores`), 0, 3, 1);
    const chain = [
      at(site(`${attn}.step_dot`), 0, 3, 1),
      at(site(`${attn}.step_scaled`), 0, 3, 1),
      score - at(site(`${attn}.step_row_max`), 0, 3, 0),
      at(site(`${attn}.step_exp`), 0, 3, 1),
      at(site(`${attn}.step_row_sum`), 0, 3, 0),
      at(site(`${attn}.hook_pattern`), 0, 3, 1),
    ];
    const [list] = screen.getAllByRole("list");
    const shown = within(list as HTMLElement)
      .getAllByRole("button")
      .map((line) => line.lastElementChild?.textContent);
    expect(shown).toEqual(chain.map(number));
  });

  test("lists what each dimension adds to q·k, largest first, summing to it", async () => {
    const { site, session } = await openFixture("gpt2-1", <Cell />);
    act(() => session.getState().lock({ query: 3, key: 1 }));
    const list = await screen.findByRole("list", { name: "q·k by dimension" });
    const values = within(list)
      .getAllByRole("listitem")
      .map((row) => parsed(row.querySelector("div")?.lastElementChild?.textContent ?? ""));
    expect(values.map(Math.abs)).toEqual(values.map(Math.abs).toSorted((a, b) => b - a));
    const sum = values.reduce((total, value) => total + value, 0);
    expect(values).toHaveLength(8);
    expect(sum).toBeCloseTo(at(site("blocks.0.attn.step_dot"), 0, 3, 1), 2);
  });

  test("that is masked says so, and stops there", async () => {
    const { session } = await openFixture("gpt2-1", <Cell />);
    act(() => session.getState().lock({ step: "mask", query: 1, key: 4 }));
    expect(screen.getByText(/may not see/, { selector: "p" }).textContent).toBe(
      "9\u20091 may not see 9\u20094: its score is −∞.",
    );
  });

  test("opens the stage of any line of the chain", async () => {
    const { state } = await openFixture("gpt2-1", <Cell />);
    await userEvent.click(screen.getByText("÷ row sum"));
    expect(state().selection).toMatchObject({ step: "softmax", site: "attn.step_row_sum" });
    expect(screen.getByRole("heading", { level: 2 }).textContent).toContain("Row sum");
  });
});

describe("a number of a vector", () => {
  const CASES = [
    ["hook_q", { step: "qkv", site: "attn.hook_q", query: 2, dimension: 3 }],
    ["hook_z", { step: "mix", site: "attn.hook_z", query: 2, dimension: 3 }],
    ["hook_attn_out", { step: "project", site: "hook_attn_out", query: 2, dimension: 3 }],
    ["hook_resid_mid", { step: "add", site: "hook_resid_mid", query: 2, dimension: 3 }],
    ["hook_mlp_out", { step: "mlp", site: "hook_mlp_out", query: 2, dimension: 3 }],
  ] as const;
  test.each(CASES)(
    "%s is the sum of the parts that are listed, with its weights fetched",
    async (name, place) => {
      const { site, session } = await openFixture("gpt2-1", <Cell />);
      act(() => session.getState().lock(place));
      const tensor = site(`blocks.0.${place.site}` as "blocks.0.hook_resid_mid");
      const value = tensor.shape.length === 3 ? at(tensor, 0, 2, 3) : at(tensor, 2, 3);
      const list = await screen.findByRole("list", { name: "What it is made of" });
      const all = screen.queryByText(/^All \d+, with their factors$/);
      if (all) await userEvent.click(all);
      const parts = partsOf(all ? await screen.findByRole("list", { name: /^All/ }) : list);
      const sum = parts.reduce((total, part) => total + part, 0);
      // Each part is rounded to three digits.
      const size = parts.reduce((total, part) => total + Math.abs(part), 0);
      expect(Math.abs(sum - value), name).toBeLessThanOrEqual(0.006 * size + 1e-4);
    },
  );

  test("names tokens that look alike by where they stand", async () => {
    const { session } = await openFixture("bert-1", <Cell />);
    act(() => session.getState().lock({ step: "mix", site: "attn.hook_z", query: 2, dimension: 3 }));
    const list = await screen.findByRole("list", { name: "What it is made of" });
    const names = within(list)
      .getAllByRole("listitem")
      .map((item) => item.querySelector("span")?.textContent);
    // The ids are 5 9 3 12 9 30.
    expect(names.toSorted()).toEqual(["12", "3", "30", "5", "9\u20091", "9\u20094"]);
  });

  test("is worked out with the very numbers where it is no long sum", async () => {
    const { site, session } = await openFixture("gpt2-1", <Cell />);
    act(() =>
      session.getState().lock({ step: "normalise", site: "ln1.hook_normalized", query: 2, dimension: 3 }),
    );
    const worked = await screen.findByLabelText("The formula with these numbers");
    const value = at(site("blocks.0.ln1.hook_normalized"), 2, 3);
    expect(worked.textContent?.endsWith(`=${number(value)}`)).toBe(true);
    expect(worked.textContent).toContain(number(at(site("blocks.0.hook_resid_pre"), 2, 3)));
    expect(worked.textContent).toContain(number(at(site("blocks.0.ln1.hook_scale"), 2, 0)));
  });

  test("says where it goes next, and goes there", async () => {
    const { state, session } = await openFixture("gpt2-1", <Cell />);
    act(() => session.getState().lock({ step: "mlp", site: "hook_resid_post", query: 2, dimension: 3 }));
    await userEvent.click(screen.getByRole("button", { name: "Residual stream into layer 1" }));
    await waitFor(() =>
      expect(state().selection).toMatchObject({ layer: 1, step: "embed", site: "hook_resid_pre" }),
    );
  });
});
