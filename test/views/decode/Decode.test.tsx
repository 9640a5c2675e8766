// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { logSoftmax } from "../../../src/engine/decode/sampling";
import { Decode } from "../../../src/views/decode/Decode";
import { whyNoWriting } from "../../../src/views/decode/writes";
import { count, number, percent } from "../../../src/viz/format";
import { tokenText } from "../../../src/viz/tokenText";
import { openFixture, openSource } from "../openFixture";

/** A search takes a while on a busy machine. */
const LONG = { timeout: 15_000 };

const region = () => within(screen.getByRole("region", { name: "Decode" }));
const results = () => within(region().getByRole("list", { name: "Result" })).getAllByRole("listitem");

/** The fixture's text with three tokens written after it, greedily. */
async function writeThree() {
  const user = userEvent.setup();
  const { session } = await openFixture("gpt2-1", <Decode />);
  session.getState().setDecoding({ strategy: "greedy", maxTokens: 3 });
  await user.click(region().getByRole("button", { name: "Run" }));
  await waitFor(() => expect(results()).toHaveLength(1), LONG);
  const written = (results()[0]?.querySelector("bdi")?.textContent ?? "").split(" ").map(Number);
  return { user, session, written };
}

describe("decoding", () => {
  test("greedy decoding writes the text that appending the likeliest token writes, and takes it over", async () => {
    const user = userEvent.setup();
    const text = "Once upon a";
    const { session } = await openSource({ kind: "text", model: "causal", text }, <Decode />);
    await user.click(region().getByRole("radio", { name: "Greedy" }));
    session.getState().setDecoding({ maxTokens: 4 });
    session.getState().setSampling({ temperature: 0 });
    await user.click(region().getByRole("button", { name: "Run" }));
    await waitFor(() => expect(results()).toHaveLength(1), LONG);
    await user.click(region().getByRole("button", { name: "Append to the sentence" }));
    const written = session.getState().runs[0]?.run.source;
    session.getState().setText(text);
    for (let n = 0; n < 4; n++) await session.getState().appendToken();
    expect(written).toEqual(session.getState().runs[0]?.run.source);
  });

  test("beam search lists the best texts first, and its tree adds log-probabilities up along every branch", async () => {
    const user = userEvent.setup();
    const { session } = await openFixture("gpt2-1", <Decode />);
    session.getState().setDecoding({ strategy: "beam", beams: 3, maxTokens: 3, lengthPenalty: 1 });
    await user.click(region().getByRole("button", { name: "Run" }));
    await waitFor(() => expect(results()).toHaveLength(3), LONG);
    const outcome = await session.getState().decode({});
    const texts = outcome.kind === "done" ? outcome.value.texts : [];
    expect(results().map((item) => within(item).getByText(/^log p/).textContent)).toEqual(
      texts.map(({ logProbability }) => `log p ${number(logProbability)}`),
    );
    const tree = within(region().getByRole("tree", { name: "Search tree" }));
    const labels = tree.getAllByRole("treeitem").map((item) => item.getAttribute("aria-label"));
    expect(labels.filter((label) => label?.endsWith("end of a text"))).toHaveLength(3);
    expect(labels.filter((label) => label?.endsWith("dropped")).length).toBeGreaterThan(3);
  });

  test("arrow keys walk the tree, and the step that is shown follows", async () => {
    const user = userEvent.setup();
    const { session } = await openFixture("gpt2-1", <Decode />);
    session.getState().setDecoding({ strategy: "greedy", maxTokens: 3 });
    await user.click(region().getByRole("button", { name: "Run" }));
    await waitFor(() => expect(results()).toHaveLength(1), LONG);
    const slider = () => region().getByRole<HTMLInputElement>("slider", { name: "Step" });
    expect([slider().value, slider().max]).toEqual(["3", "3"]);
    region().getByRole("tree").focus();
    await user.keyboard("{ArrowLeft}");
    expect([slider().value, slider().max]).toEqual(["2", "2"]);
    const chosen = region().getByRole("treeitem", { selected: true });
    expect(chosen.getAttribute("aria-level")).toBe("3");
  });

  test("what each written token looked at is the row of a full run of the same text", async () => {
    const { session, written } = await writeThree();
    const cells = within(region().getByRole("grid")).getAllByRole("gridcell").slice(-8);
    session.getState().setSource({ kind: "ids", model: "gpt2-1", ids: [5, 9, 3, 12, 9, 30, ...written] });
    await waitFor(() => expect(session.getState().runs[0]?.stale).toBe(false));
    const pattern = session.getState().runs[0]?.trace?.sites["blocks.0.attn.hook_pattern"];
    const { head } = session.getState().selection;
    const start = (head * 9 + 7) * 9;
    const row = pattern?.data.subarray(start, start + 8) ?? [];
    expect(cells.map((cell) => cell.getAttribute("aria-label"))).toEqual(Array.from(row, number));
  });

  test("its matrix can be transposed: each number stands with its axes exchanged", async () => {
    const { user, session, written } = await writeThree();
    await user.click(region().getByRole("checkbox", { name: "Transpose" }));
    expect(session.getState().selection.head).toBe(0);
    session.getState().setSource({ kind: "ids", model: "gpt2-1", ids: [5, 9, 3, 12, 9, 30, ...written] });
    await waitFor(() => expect(session.getState().runs[0]?.stale).toBe(false));
    const pattern = session.getState().runs[0]?.trace?.sites["blocks.0.attn.hook_pattern"];
    // Down are the keys, across the three written tokens: the first of them was chosen at the last typed token, 5.
    const keys = Array.from({ length: 8 }, (_, key) => key);
    const share = (key: number, step: number) => pattern?.data[(5 + step) * 9 + key] ?? Number.NaN;
    const expected = keys.map((key) =>
      [0, 1, 2].map((step) => (key > 5 + step ? "NaN" : number(share(key, step)))),
    );
    const [head, ...rows] = within(region().getByRole("grid")).getAllByRole("row");
    const cells = rows.map((row) =>
      within(row)
        .getAllByRole("gridcell")
        .map((cell) => cell.getAttribute("aria-label")),
    );
    expect(cells).toEqual(expected);
    expect(head?.querySelectorAll("[role=columnheader]")).toHaveLength(1 + written.length);
    expect(region().getByText(/looks → from/)).toBeTruthy();
  });

  test("tokens that look alike are numbered in the drawing of what it looked at", async () => {
    const user = userEvent.setup();
    const { session } = await openFixture("marian-1", <Decode />, [5, 9, 5, 12, 0]);
    session.getState().setDecoding({ strategy: "greedy", maxTokens: 1 });
    await user.click(region().getByRole("button", { name: "Run" }));
    await waitFor(() => expect(results()).toHaveLength(1), LONG);
    const drawing = region().getByRole("img", { name: / was chosen looking at / });
    const source = [...drawing.querySelectorAll("text")].slice(0, 5);
    expect(
      source.map((text) => [text.firstChild?.textContent, text.querySelector("tspan")?.textContent]),
    ).toEqual([
      ["5", "0"],
      ["9", undefined],
      ["5", "2"],
      ["12", undefined],
      ["0", undefined],
    ]);
  });

  test("a model that reads both ways says that it writes nothing", async () => {
    await openFixture("bert-1", <Decode />);
    expect(region().queryByRole("button", { name: "Run" })).toBeNull();
    expect(region().getByText(/reads both ways/)).toBeTruthy();
  });

  test.each([
    ["that does not look ahead and has no head over a vocabulary", [], false, "headless"],
    ["that was made earlier and opened as a file", ["lm"], true, "opened"],
    ["of a model that writes", ["lm"], false, null],
  ] as const)("a pass %s says why nothing can be written", async (_, kinds, isOpened, why) => {
    const { trace } = await openFixture("gpt2-1", null);
    const heads = trace.spec.heads.filter(({ kind }) => kinds.some((each) => each === kind));
    expect(whyNoWriting({ ...trace.spec, heads }, isOpened)).toBe(why);
  });
});

describe("an encoder and decoder", () => {
  test("shows cross-attention over the source for every token of the translation", async () => {
    const user = userEvent.setup();
    const { session } = await openFixture("marian-1", <Decode />, [5, 9, 3, 12, 0]);
    session.getState().setDecoding({ strategy: "greedy", maxTokens: 3 });
    await user.click(region().getByRole("button", { name: "Run" }));
    await waitFor(() => expect(results()).toHaveLength(1), LONG);
    const grid = within(region().getByRole("grid"));
    const headers = grid.getAllByRole("columnheader").map((header) => header.textContent);
    expect(headers.slice(1)).toEqual(["5", "9", "3", "12", "0"]);
    const rows = grid.getAllByRole("row").slice(1);
    for (const row of rows) {
      const shares = within(row)
        .getAllByRole("gridcell")
        .map((cell) => Number(cell.getAttribute("aria-label")));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
    }
  });

  test("is told its target language by a token before the sentence", async () => {
    const user = userEvent.setup();
    const source = { kind: "text", model: "translator", text: "I love you." } as const;
    const { session } = await openSource(source, <Decode />);
    const languages = await region().findByRole("radiogroup", { name: "Translate into" }, LONG);
    await user.click(within(languages).getByRole("radio", { name: "French" }));
    expect(session.getState().runs[0]?.run.source).toEqual({ ...source, text: ">>fr<< I love you." });
  });

  test("is given a target: it reads it shifted right, and each token has its probability and rank", async () => {
    const user = userEvent.setup();
    const source = { kind: "text", model: "translator", text: ">>fr<< I love you." } as const;
    const { session } = await openSource(source, <Decode />);
    await user.click(region().getByRole("textbox", { name: "Target" }));
    await user.paste("Je t'aime.");
    await waitFor(() => {
      expect(session.getState().runs[0]?.run.source).toMatchObject({ target: "Je t'aime." });
      expect(session.getState().runs[0]?.stale).toBe(false);
    }, LONG);
    const trace = session.getState().runs[0]?.trace;
    const tokens = trace?.decoderTokens ?? [];
    const rows = within(region().getByRole("table")).getAllByRole("row").slice(1);
    const cells = rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent));
    expect(cells.map(([reads]) => reads)).toEqual(tokens.map(({ text }) => tokenText(text)));
    expect(cells.map(([, says]) => says)).toEqual([
      ...tokens.slice(1).map(({ text }) => tokenText(text)),
      "end of text",
    ]);
    const logits = trace?.sites.logits;
    const width = logits?.shape[1] ?? 0;
    cells.forEach(([, , probability, rank], at) => {
      const log = logSoftmax(logits?.data.subarray(at * width, (at + 1) * width) ?? new Float32Array(0));
      const own = log[tokens[at + 1]?.id ?? trace?.spec.ids.eos ?? 0] ?? Number.NaN;
      expect(probability).toBe(percent(Math.exp(own)));
      expect(rank).toBe(count(1 + log.filter((other) => other > own).length));
    });
  });
});
