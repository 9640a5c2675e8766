import { expect, test } from "vitest";
import type { SiteName } from "../../src/engine/sites";
import type { Tensor } from "../../src/engine/tensor";
import type { Trace } from "../../src/engine/trace";
import { createDerivedSites, type SiteRequest } from "../../src/store/derivedSites";
import { freshRun, type RunState } from "../../src/store/run";
import { SPEC, wordTokens } from "../support/trace";

const TEXT = "a b c d";
const BYTES = 4 * 4 * 4;

/** A run whose trace has left out everything, and an engine that answers with a matrix full of the head's number. */
function longRun(budget: number) {
  const trace: Trace = {
    modelId: "small",
    spec: SPEC,
    tokens: wordTokens(TEXT),
    decoderTokens: null,
    sites: {},
  };
  let run: RunState = {
    ...freshRun({ source: { kind: "text", model: "small", text: TEXT }, edits: [], seed: 1 }),
    trace,
    input: { ids: [0, 1, 2, 3] },
    stale: false,
  };
  const asked: string[] = [];
  const derived = createDerivedSites(
    {
      derive: async ({ site, head }) => {
        asked.push(`${site} ${head}`);
        const value: Tensor = {
          data: new Float32Array(16).fill(head ?? -1),
          shape: [4, 4],
          axes: ["query_pos", "key_pos"],
        };
        return { kind: "done", value };
      },
      layer: async () => ({ kind: "aborted" }),
    },
    (next) => {
      run = { ...run, trace: next };
    },
    budget,
  );
  const held = () =>
    Object.entries(run.trace?.heads ?? {}).flatMap(([site, { of }]) =>
      Object.entries(of).map(([head, { data }]) => {
        expect(new Set(data)).toEqual(new Set([Number(head)]));
        return `${site} ${head}`;
      }),
    );
  return { asked, held, need: (...requests: SiteRequest[]) => derived.need(run, requests) };
}

const pattern = (layer: number): SiteName => `blocks.${layer}.attn.hook_pattern`;
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test("a head that is asked for comes alone, once, however many views want it", async () => {
  const { asked, held, need } = longRun(100 * BYTES);
  need({ site: pattern(0), head: 1 });
  need({ site: pattern(0), head: 1 }, { site: pattern(1), head: 2 });
  await settled();
  need({ site: pattern(0), head: 1 });
  await settled();
  expect(asked).toEqual(["blocks.0.attn.hook_pattern 1", "blocks.1.attn.hook_pattern 2"]);
  expect(held()).toEqual(["blocks.0.attn.hook_pattern 1", "blocks.1.attn.hook_pattern 2"]);
});

test("what nobody shows any more gives way to what is looked at later, the oldest first, and comes again when it is wanted", async () => {
  const { asked, held, need } = longRun(2 * BYTES);
  for (const head of [0, 1, 2]) {
    const release = need({ site: pattern(0), head });
    await settled();
    release();
  }
  expect(held()).toEqual(["blocks.0.attn.hook_pattern 1", "blocks.0.attn.hook_pattern 2"]);
  need({ site: pattern(0), head: 0 });
  await settled();
  expect(held()).toEqual(["blocks.0.attn.hook_pattern 0", "blocks.0.attn.hook_pattern 2"]);
  expect(asked).toHaveLength(4);
});

test("what is shown stays, though it is more than the budget", async () => {
  const { held, need } = longRun(2 * BYTES);
  const releases = [0, 1, 2].map((head) => need({ site: pattern(1), head }));
  await settled();
  expect(held()).toHaveLength(3);
  releases[0]?.();
  need({ site: pattern(0), head: 0 });
  await settled();
  expect(held()).toEqual([
    "blocks.1.attn.hook_pattern 1",
    "blocks.1.attn.hook_pattern 2",
    "blocks.0.attn.hook_pattern 0",
  ]);
});

test("a site that the model does not have is not asked for", async () => {
  const { asked, need } = longRun(BYTES);
  need({ site: "encoder.0.attn.hook_pattern", head: 0 });
  await settled();
  expect(asked).toEqual([]);
});
