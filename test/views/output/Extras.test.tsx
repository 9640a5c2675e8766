// @vitest-environment jsdom
import { readFileSync } from "node:fs";
import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, test, vi } from "vitest";
import { logSoftmax } from "../../../src/engine/decode/sampling";
import { Output } from "../../../src/views/output/Output";
import { number, percent } from "../../../src/viz/format";
import { openFixture, openSource } from "../openFixture";

const region = () => within(screen.getByRole("region", { name: "Output" }));

test("surprisal: every typed token has its bits and its share, and the product is the text's probability", async () => {
  const { site, trace } = await openFixture("gpt2-1", <Output />);
  const logits = site("logits");
  const width = logits.shape[1] ?? 0;
  const nats = trace.tokens.slice(1).map(({ id }, at) => {
    const row = logSoftmax(logits.data.subarray(at * width, (at + 1) * width));
    return row[id] ?? Number.NaN;
  });
  const rows = within(region().getByRole("list", { name: "Surprisal of each token" })).getAllByRole(
    "listitem",
  );
  expect(rows[0]?.textContent).toContain("the first");
  nats.forEach((log, at) => {
    expect(rows[at + 1]?.textContent).toContain(`${number(-log / Math.LN2)} bits`);
    expect(rows[at + 1]?.textContent).toContain(percent(Math.exp(log)));
  });
  const total = nats.reduce((sum, log) => sum + log, 0);
  const perplexity = Math.exp(-total / nats.length);
  expect(region().getByText(/The product of them all/).textContent).toBe(
    `The product of them all: probability ${number(Math.exp(total))}, or ${number(-total / Math.LN2)} bits; perplexity ${number(perplexity)}.`,
  );
});

describe("the logit lens", () => {
  test.each(["gpt2-1", "bert-1"])("of %s ends with what the model really says", async (model) => {
    const user = userEvent.setup();
    const { site, session } = await openFixture(model, <Output />);
    act(() => session.getState().lock({ query: 3 }));
    await user.click(region().getByRole("radio", { name: "Layer by layer" }));
    const table = within(await region().findByRole("table", { name: "Layer by layer" }));
    await waitFor(() => expect(table.getAllByRole("row").length).toBeGreaterThan(2));
    const logits = site("logits");
    const width = logits.shape[1] ?? 0;
    const log = logSoftmax(logits.data.subarray(3 * width, 4 * width));
    const best = log.indexOf(Math.max(...log));
    const last = table.getAllByRole("row").at(-1)?.textContent ?? "";
    expect(last).toContain(`${best} ${percent(Math.exp(log[best] ?? 0))}`);
  });
});

test("fill the mask: a click hides a word, and the likeliest token can take its place", async () => {
  const user = userEvent.setup();
  const source = { kind: "text", model: "masked", text: "the cat sat on the mat" } as const;
  const { session } = await openSource(source, <Output />);
  const words = () => within(region().getByRole("group", { name: "Words that can be masked" }));
  const isLive = () =>
    waitFor(() => expect(session.getState().runs[0]?.stale).toBe(false), { timeout: 15_000 });
  await waitFor(() =>
    expect(words().getByRole("button", { name: "Mask sat" })).toHaveProperty("disabled", false),
  );
  await user.click(words().getByRole("button", { name: "Mask sat" }));
  await isLive();
  expect(session.getState().runs[0]?.run.source).toMatchObject({ text: "the cat [MASK] on the mat" });
  const trace = session.getState().runs[0]?.trace;
  const at = trace?.tokens.findIndex(({ id }) => id === trace.spec.ids.mask) ?? -1;
  expect(session.getState().selection.query).toBe(at);
  const [best] = region().getAllByRole("listitem");
  const said = best?.querySelector("bdi")?.textContent ?? "";
  await user.click(words().getByRole("button", { pressed: true }));
  await isLive();
  expect(session.getState().runs[0]?.run.source).toMatchObject({ text: `the cat ${said} on the mat` });
});

describe("next sentence", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });
  const pair = {
    kind: "pair",
    model: "masked",
    text: "The old man went down to the sea.",
    second: "He looked at the waves.",
  } as const;

  test("is answered with how often the model was right, as its evaluation says", async () => {
    vi.stubGlobal(
      "fetch",
      async (url: string | URL) => new Response(readFileSync(`public${new URL(url).pathname}`)),
    );
    const { next_sentence: measured } = JSON.parse(
      readFileSync("public/models/masked/evaluation.json", "utf8"),
    );
    expect(measured.value).toBe(Number((measured.right / measured.total).toFixed(4)));
    await openSource(pair, <Output />);
    await userEvent.click(region().getByRole("radio", { name: "Next sentence" }));
    const said = await screen.findByText(/^On held-out pairs/);
    expect(said.textContent).toBe(
      `On held-out pairs of English passages the model is right ${percent(measured.value)} of the time.`,
    );
    const answers = within(screen.getByRole("list", { name: "Next sentence" })).getAllByRole("listitem");
    expect(answers).toHaveLength(2);
  });

  test("is said to be a guess where the interval reaches half", async () => {
    const evaluation = { next_sentence: { value: 0.51, interval: [0.47, 0.55] } };
    vi.stubGlobal("fetch", async () => new Response(JSON.stringify(evaluation)));
    await openSource(pair, <Output />);
    await userEvent.click(region().getByRole("radio", { name: "Next sentence" }));
    await screen.findByText(/no better than chance/);
    expect(screen.queryByText(/of the time/)).toBeNull();
  });
});
