import { expect, test } from "vitest";
import { run } from "../../src/engine/forward";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { prepare } from "../../src/engine/prepare";
import type { Progress } from "../../src/model/folder";
import { packed } from "../../src/worker/packed";
import { families } from "../engine/support/families";
import { different } from "../engine/support/sites";
import { randomValues, sourceOf } from "../engine/support/weights";

const { spec, input } = families["decoder-only"];
const weights = () => sourceOf(spec, randomValues(spec, 1));
const loaded = { spec, weights: weights() };

test("weights that are packed with pauses make the same model, and their progress grows up to the whole", async () => {
  const seen: Progress[] = [];
  const kernels = createPlainKernels();
  const model = await packed(loaded, kernels, { onProgress: (each) => seen.push(each) }, 0);
  const whole = run(prepare(spec, weights(), createPlainKernels()), input, { capture: "all" });
  expect(different(run(model, input, { capture: "all" }).sites, whole.sites)).toEqual([]);
  expect(seen.length).toBeGreaterThan(5);
  const [{ total } = { total: 0 }] = seen;
  expect(seen.every((each) => each.total === total)).toBe(true);
  const shares = seen.map((each) => each.loaded);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares[0]).toBe(0);
  expect(shares.at(-1)).toBeLessThan(total ?? 0);
});

test("packing stops between two tensors when it is cancelled", async () => {
  const abort = new AbortController();
  let told = 0;
  const packing = packed(
    loaded,
    createPlainKernels(),
    {
      signal: abort.signal,
      onProgress: () => {
        told += 1;
        if (told === 2) abort.abort();
      },
    },
    0,
  );
  await expect(packing).rejects.toMatchObject({ problem: { code: "aborted" } });
  expect(told).toBe(2);
});
