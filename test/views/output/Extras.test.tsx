// @vitest-environment jsdom
import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
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
