import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeFolder } from "../../src/cli/nodeFolder";
import { run } from "../../src/engine/forward";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { prepare } from "../../src/engine/prepare";
import { checkpointSource } from "../../src/model/checkpoints";
import { loadFolder } from "../../src/model/load";

const ROOT = new URL("../../public/", import.meta.url);

test("an id of a checkpoint leads to its folder, and nothing else does", () => {
  expect(checkpointSource("causal/checkpoints/step-20", "https://here/")).toMatchObject({
    url: "https://here/models/causal/checkpoints/step-20/",
  });
  for (const id of ["causal", "causal/checkpoints/../step-20", "causal/checkpoints/step-x", "step-20"]) {
    expect(checkpointSource(id, "https://here/"), id).toBeNull();
  }
});

test("the tokenizer that the checkpoints share is theirs: the last one reads English better than a guess, the first does not", async () => {
  const loss = async (step: string) => {
    const source = checkpointSource(`causal/checkpoints/${step}`, "");
    if (source?.kind !== "url") throw new Error("no source");
    const folder = nodeFolder(new URL(source.url, ROOT).pathname);
    const { spec, weights, tokenizer } = await loadFolder(source.id, folder, {}, source.files);
    const ids = tokenizer?.encode("The little dog ran to the house because he was very happy.").ids ?? [];
    const { sites } = run(prepare(spec, weights, createPlainKernels()), { ids }, { capture: [] });
    const vocabulary = 4096;
    const nats = ids.slice(1).map((id, at) => {
      const row = Array.from(sites.logits?.data.subarray(at * vocabulary, (at + 1) * vocabulary) ?? []);
      const most = Math.max(...row);
      return most + Math.log(row.reduce((sum, value) => sum + Math.exp(value - most), 0)) - (row[id] ?? 0);
    });
    return nats.reduce((sum, value) => sum + value, 0) / nats.length;
  };
  expect(await loss("step-0")).toBeGreaterThan(Math.log(4096) - 0.5);
  expect(await loss("step-2200")).toBeLessThan(5);
});

test("the index lists every folder with a loss that falls", () => {
  const { checkpoints } = JSON.parse(
    readFileSync(new URL("models/causal/checkpoints/index.json", ROOT), "utf8"),
  );
  const losses = checkpoints.map((each: { loss_per_token: number }) => each.loss_per_token);
  expect(losses).toEqual(losses.toSorted((a: number, b: number) => b - a));
});
