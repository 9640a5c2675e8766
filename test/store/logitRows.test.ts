import { expect, test } from "vitest";
import type { Tensor } from "../../src/engine/tensor";
import type { Trace } from "../../src/engine/trace";
import { createDerivedSites } from "../../src/store/derivedSites";
import { LOGIT_ROWS, lacksRows } from "../../src/store/logitRows";
import { freshRun, type RunState } from "../../src/store/run";
import { SPEC, wordTokens } from "../support/trace";

const TEXT = "a b c d";

function logitsOf(rows: number, width: number): Tensor {
  const data = Float32Array.from({ length: rows * width }, (_, at) => at);
  return { data, shape: [rows, width], axes: ["pos", "d_vocab"] };
}

function traceWith(logits: Tensor): Trace {
  return {
    modelId: "small",
    spec: SPEC,
    tokens: wordTokens(TEXT),
    decoderTokens: null,
    sites: { logits },
  };
}

test("a trace lacks rows where it holds fewer than it has positions and all of them are no more than 32 MB", () => {
  expect(lacksRows(traceWith(logitsOf(4, 5)))).toBe(false);
  expect(lacksRows(traceWith(logitsOf(1, 5)))).toBe(true);
  expect(lacksRows(traceWith(logitsOf(1, 2 ** 21)))).toBe(true);
  expect(lacksRows(traceWith(logitsOf(1, 2 ** 21 + 1)))).toBe(false);
  expect(lacksRows({ ...traceWith(logitsOf(1, 5)), spec: { ...SPEC, heads: [] } })).toBe(false);
});

test("the rows that a trace lacks come in the place of its last one when a view reads them", async () => {
  let run: RunState = {
    ...freshRun({ source: { kind: "text", model: "small", text: TEXT }, edits: [], seed: 1 }),
    trace: traceWith(logitsOf(1, 50)),
    input: { ids: [0, 1, 2, 3] },
    stale: false,
  };
  const asked: string[] = [];
  const derived = createDerivedSites(
    {
      derive: async ({ site, head }) => {
        asked.push(`${site} ${head}`);
        return { kind: "done", value: logitsOf(4, 50) };
      },
      layer: async () => ({ kind: "aborted" }),
    },
    (trace) => {
      run = { ...run, trace };
    },
  );
  const release = derived.need(run, LOGIT_ROWS);
  expect(derived.wants("logits")).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(asked).toEqual(["logits null"]);
  expect(run.trace?.sites.logits).toEqual(logitsOf(4, 50));
  derived.need(run, LOGIT_ROWS)();
  expect(asked).toEqual(["logits null"]);
  release();
  expect(derived.wants("logits")).toBe(false);
});
