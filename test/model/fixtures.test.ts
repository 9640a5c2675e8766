import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nodeFolder } from "../../src/cli/nodeFolder";
import { run } from "../../src/engine/forward";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { prepare } from "../../src/engine/prepare";
import { bytesSource } from "../../src/model/byteSource";
import { loadFolder } from "../../src/model/load";
import { openSafetensors } from "../../src/model/safetensors";

const ROOT = join(import.meta.dirname, "../fixtures");
const folders = readdirSync(ROOT).filter((name) => existsSync(join(ROOT, name, "config.json")));

/** The worst violation of |a − b| ≤ 1e-4 + 1e-3·|b| as text, or null. */
function disagreement(got: Float32Array, expected: Float32Array): string | null {
  if (got.length !== expected.length) return `length ${got.length}, expected ${expected.length}`;
  for (let i = 0; i < got.length; i++) {
    const a = got[i] ?? Number.NaN;
    const b = expected[i] ?? Number.NaN;
    if (a !== b && !(Math.abs(a - b) <= 1e-4 + 1e-3 * Math.abs(b))) return `[${i}] ${a}, expected ${b}`;
  }
  return null;
}

describe("a folder written by PyTorch", () => {
  it.each(folders)(
    "%s loads without extra tensors and gives the reference's numbers at every site",
    async (name) => {
      const folder = nodeFolder(join(ROOT, name));
      const loaded = await loadFolder(name, folder, {});
      expect(loaded.extra).toEqual([]);
      const model = prepare(loaded.spec, loaded.weights, createPlainKernels());
      const cases = readdirSync(join(ROOT, name)).filter((file) => /^case-\d+\.safetensors$/.test(file));
      expect(cases.length).toBeGreaterThan(0);
      for (const file of cases) {
        const reference = openSafetensors(bytesSource(file, readFileSync(join(ROOT, name, file))));
        const input = JSON.parse(reference.metadata.input ?? "{}");
        const image = reference.tensors.has("input.image") ? { image: reference.read("input.image") } : {};
        const { sites } = run(model, { ids: [], ...input, ...image }, { capture: "all" });
        const got = new Map(Object.entries(sites));
        const failures = [...reference.tensors.keys()]
          .filter((site) => !site.startsWith("input."))
          .flatMap((site) => {
            const tensor = got.get(site);
            const wrong =
              tensor === undefined ? "is not there" : disagreement(tensor.data, reference.read(site));
            return wrong === null ? [] : [`${file} ${site} ${wrong}`];
          });
        expect(failures).toEqual([]);
      }
    },
  );
});
