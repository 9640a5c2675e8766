import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { nodeFolder } from "../../src/cli/nodeFolder";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { loadFolder } from "../../src/model/load";
import { readTrace } from "../../src/model/traceFile";
import { FIRST_MODEL } from "../../src/store/models";
import { FIRST_EXAMPLE } from "../../src/views/prompt/examples";
import { liveModel } from "../../src/worker/liveModel";

const FOLDER = fileURLToPath(new URL(`../../public/models/${FIRST_MODEL}/`, import.meta.url));

test("the stored example is what the shipped model computes, to the precision of F16, and packs below 40 KB", async () => {
  const bytes = readFileSync(`${FOLDER}example.trace`);
  expect(gzipSync(bytes).length).toBeLessThanOrEqual(40_000);
  const stored = readTrace(bytes, "example.trace");
  const model = liveModel(await loadFolder(FIRST_MODEL, nodeFolder(FOLDER), {}), createPlainKernels());
  const live = model.trace(model.cut({ text: FIRST_EXAMPLE.text }), []);
  expect({ ...stored, sites: {} }).toEqual({ ...live, sites: {} });
  for (const [name, tensor] of Object.entries(stored.sites)) {
    const computed = live.sites[name as keyof typeof live.sites];
    expect(tensor?.shape, name).toEqual(computed?.shape);
    const wrong = [...(tensor?.data ?? [])].filter((value, i) => {
      const exact = computed?.data[i] ?? Number.NaN;
      return !(
        Number.isNaN(value) ||
        value === exact ||
        Math.abs(value - exact) <= 1e-4 + 1e-3 * Math.abs(exact)
      );
    });
    expect(wrong, `${name}: if the model has changed, run npm run example`).toEqual([]);
  }
  const patterns = Object.keys(live.sites).filter((name) => name.endsWith("hook_pattern"));
  for (const name of patterns) {
    const tensor = stored.sites[name as keyof typeof stored.sites];
    expect(tensor?.data.some(Number.isNaN), name).toBe(false);
  }
});
