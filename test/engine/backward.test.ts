import { describe, expect, it } from "vitest";
import { backward, NEEDED_FOR_GRADIENTS } from "../../src/engine/backward";
import type { Target } from "../../src/engine/backward/output";
import { logSoftmax } from "../../src/engine/decode/sampling";
import { run } from "../../src/engine/forward";
import { createRng } from "../../src/engine/rng";
import type { Tensor } from "../../src/engine/tensor";
import type { Sites } from "../../src/engine/trace";
import { families } from "./support/families";
import { entries, nth, reader, rowsOf, total } from "./support/sites";
import { randomModel } from "./support/weights";

const STEP = 4e-3;

function targetValue(sites: Sites, target: Target): number {
  const rows = rowsOf(reader(sites)(target.site));
  if (target.kind === "logit") return nth(nth(rows, target.position), target.id);
  return total(target.targets.map(({ position, id }) => nth(logSoftmax(nth(rows, position)), id)));
}

/** Two cells of a tensor, as flat offsets. */
function someCells({ data }: Tensor, seed: number): readonly number[] {
  const rng = createRng(seed);
  return [0, 1].map(() => Math.floor(rng.uniform() * data.length));
}

function changed(values: Float32Array, cell: number, by: number): Float32Array {
  return values.map((value, n) => (n === cell ? value + by : value));
}

/** Sites of heads that the target does not read. */
const elsewhere = /^(nsp_logits|pooler\.|mlm_head\.)/;

describe("backward", () => {
  for (const [name, { spec, input }] of Object.entries(families)) {
    const model = randomModel(spec, 4);
    const { sites } = run(model, input, { capture: "all" });
    const rows = nth(reader(sites)("logits").shape, 0);
    const everyRow = Array.from({ length: rows }, (_, position) => ({ position, id: (position + 1) % 3 }));
    const targets: readonly Target[] = [
      { kind: "logit", site: "logits", position: rows - 1, id: 2 },
      { kind: "logProbability", site: "logits", targets: everyRow },
    ];
    for (const target of targets) {
      it(`agrees with central differences at every site: ${name}, ${target.kind}`, () => {
        const gradients = backward(model, sites, input, target);
        const moved = (site: string, values: Float32Array): number =>
          targetValue(
            run(model, input, { capture: [], edits: [{ kind: "patch", site, values }] }).sites,
            target,
          );
        const wrong = entries(sites).flatMap(([site, { data, shape, axes }], n) => {
          const gradient = gradients[`${site}_grad`];
          if (gradient === undefined) return elsewhere.test(site) ? [] : [`${site} has no gradient`];
          expect([gradient.shape, gradient.axes]).toEqual([shape, axes]);
          return someCells(gradient, n).flatMap((cell) => {
            const ahead = moved(site, changed(data, cell, STEP));
            const expected = (ahead - moved(site, changed(data, cell, -STEP))) / (2 * STEP);
            const actual = nth(gradient.data, cell);
            const close = Math.abs(actual - expected) <= 2e-3 + 1e-2 * Math.abs(expected);
            return close ? [] : [`${site}[${cell}]: ${actual}, expected ${expected}`];
          });
        });
        expect(wrong).toEqual([]);
      });
    }
  }

  const { spec, input } = families.encoder;
  const model = randomModel(spec);
  const nextSentence: Target = { kind: "logit", site: "nsp_logits", position: 0, id: 1 };

  it("needs no more of a trace than NEEDED_FOR_GRADIENTS, and finds the same gradients from it", () => {
    const whole = backward(model, run(model, input, { capture: "all" }).sites, input, nextSentence);
    const { sites } = run(model, input, { capture: NEEDED_FOR_GRADIENTS });
    for (const [name, gradient] of Object.entries(backward(model, sites, input, nextSentence))) {
      expect(gradient, name).toEqual(whole[name]);
    }
  });

  it("reaches the pooler from the next-sentence logit", () => {
    const gradients = backward(model, run(model, input, { capture: "all" }).sites, input, nextSentence);
    expect(gradients["pooler.step_dense_grad"]?.data.some((value) => value !== 0)).toBe(true);
    expect(gradients["mlm_head.step_dense_grad"]).toBeUndefined();
  });

  it("names what is missing from the trace, and a logit that does not exist", () => {
    const { sites } = run(model, input, { capture: ["*hook_scale"] });
    expect(() => backward(model, sites, input, { ...nextSentence, site: "logits" })).toThrow("mlm_head");
    const far: Target = { kind: "logit", site: "logits", position: 99, id: 0 };
    expect(() => backward(model, sites, input, far)).toThrow("position 99");
  });
});
