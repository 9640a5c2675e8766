import { describe, expect, test } from "vitest";
import { convolution, convolutionByHeads, relativeGap } from "../../../src/analysis/experiments/convolution";
import { seededMatrix } from "../../../src/analysis/experiments/seededMatrix";
import {
  attentive,
  convolutional,
  convolutionLayers,
  jacobianNorms,
  recurrent,
  type SequenceRun,
} from "../../../src/analysis/experiments/sequenceModels";
import { createRng } from "../../../src/engine/rng";

function words(count: number, width: number, seed: number): Float64Array[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => Float64Array.from({ length: width }, () => rng.normal()));
}

const MODELS: Readonly<Record<string, (x: Float64Array[]) => SequenceRun>> = {
  "an RNN": (x) => recurrent(x, { width: 5, seed: 3 }),
  "a CNN": (x) => convolutional(x, { width: 5, seed: 3, kernel: 3, dilated: false }),
  "a dilated CNN": (x) => convolutional(x, { width: 5, seed: 3, kernel: 2, dilated: true }),
  attention: (x) => attentive(x, { width: 5, seed: 3 }),
};

describe("the gradient of the last state to every word", () => {
  for (const [name, model] of Object.entries(MODELS)) {
    test(`of ${name} is what moving each word a little does`, () => {
      const x = words(7, 4, 1);
      const norms = jacobianNorms(model(x));
      const step = 1e-5;
      x.forEach((word, t) => {
        let squares = 0;
        word.forEach((_, d) => {
          const moved = (by: number) =>
            model(
              x.map((each, at) => (at === t ? each.map((value, e) => (e === d ? value + by : value)) : each)),
            ).last;
          const [up, down] = [moved(step), moved(-step)];
          up.forEach((value, e) => {
            squares += ((value - (down[e] ?? 0)) / (2 * step)) ** 2;
          });
        });
        expect(norms[t]).toBeCloseTo(Math.sqrt(squares), 5);
      });
    });
  }

  test("fades with distance in the RNN, and reaches the first word in every model", () => {
    const x = words(24, 8, 2);
    const rnn = jacobianNorms(recurrent(x, { width: 16, seed: 1 }));
    expect(rnn[0]).toBeLessThan((rnn[23] ?? 0) / 20);
    for (const model of Object.values(MODELS)) expect(jacobianNorms(model(x))[0]).toBeGreaterThan(0);
  });
});

test("a convolution of kernel k needs (n − 1)/(k − 1) layers to see n words, a dilated one log_k n", () => {
  expect(convolutionLayers(13, 3, false)).toBe(6);
  expect(convolutionLayers(13, 3, true)).toBe(3);
  expect(convolutionLayers(9, 3, true)).toBe(2);
  expect(convolutionLayers(1, 3, true)).toBe(1);
});

test("heads that each attend to one offset make a convolution: exactly when they are sharp, not when they are flat", () => {
  const x = words(9, 6, 4);
  const rng = createRng(5);
  const kernels = Array.from({ length: 3 }, () => seededMatrix(rng, 4, 6));
  const exact = convolution(x, kernels);
  expect(relativeGap(exact, convolutionByHeads(x, kernels, 40).y)).toBeLessThan(1e-5);
  expect(relativeGap(exact, convolutionByHeads(x, kernels, 0).y)).toBeGreaterThan(0.3);
});
