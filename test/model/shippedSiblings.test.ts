import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { nodeFolder } from "../../src/cli/nodeFolder";
import { run } from "../../src/engine/forward";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { prepare } from "../../src/engine/prepare";
import { applyVariant } from "../../src/engine/variants";
import { createVariations } from "../../src/engine/variedModel";
import { loadFolder } from "../../src/model/load";

const ROOT = fileURLToPath(new URL("../../public/models/siblings/", import.meta.url));
const names = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const FILES = { weights: "model.safetensors.gz", tokenizer: false } as const;
const ids = (length: number) => Array.from({ length }, (_, n) => (n * 37 + 5) % 1024);

describe.each(names)("the sibling %s", (name) => {
  test("loads with every tensor read, and runs as far as its context, no further", async () => {
    const { spec, weights, extra } = await loadFolder(name, nodeFolder(`${ROOT}${name}`), {}, FILES);
    expect(extra).toEqual([]);
    expect(spec.changed).toBeUndefined();
    const model = prepare(spec, weights, createPlainKernels());
    const { sites } = run(model, { ids: ids(spec.context) }, { capture: ["*hook_pattern"] });
    expect(sites.logits?.shape).toEqual([spec.context, 1024]);
    expect(sites.logits?.data.every(Number.isFinite)).toBe(true);
    expect(() => run(model, { ids: ids(spec.context + 1) }, { capture: [] })).toThrow("at most");
  });
});

test("learned positions go on past the trained length by their last row, where that is asked for", async () => {
  const { spec, weights } = await loadFolder("learned", nodeFolder(`${ROOT}learned`), {}, FILES);
  const varied = applyVariant(spec, [
    { kind: "context", length: 48 },
    { kind: "positions", scheme: "learned", past: "repeat" },
  ]);
  const model = createVariations(prepare(spec, weights, createPlainKernels())).of(varied);
  const { sites } = run(model, { ids: ids(48) }, { capture: ["hook_pos_embed"] });
  const rows = sites.hook_pos_embed;
  const width = rows?.shape[1] ?? 0;
  expect(rows?.data.slice(47 * width)).toEqual(rows?.data.slice(31 * width, 32 * width));
  expect(varied.changed?.parts.every(({ source }) => source === "loaded")).toBe(true);
});
