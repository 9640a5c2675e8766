import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { activation, derivative, erf } from "../../../src/engine/kernels/activations";

const kinds = ["gelu", "gelu_tanh", "quick_gelu", "relu", "silu", "tanh"] as const;

describe("erf", () => {
  it("has the tabulated values (Abramowitz and Stegun 1964, table 7.1)", () => {
    const table = [
      [0, 0],
      [0.5, 0.5204998778],
      [1, 0.8427007929],
      [2, 0.995322265],
      [2.5, 0.999593048],
      [3, 0.9999779095],
      [7, 1],
    ] as const;
    for (const [x, value] of table) {
      expect(erf(x)).toBeCloseTo(value, 9);
      expect(erf(-x)).toBeCloseTo(-value, 9);
    }
  });

  it("joins its series and its continued fraction", () => {
    expect(erf(2.5 - 1e-12)).toBeCloseTo(erf(2.5), 11);
  });
});

describe("activations", () => {
  it("have the values that their formulas give at 1", () => {
    const at1 = kinds.map((kind) => activation(kind)(1).toFixed(6));
    expect(at1).toEqual(["0.841345", "0.841192", "0.845796", "1.000000", "0.731059", "0.761594"]);
  });

  for (const kind of kinds) {
    it(`of kind ${kind} have the derivative that their slope says`, () => {
      fc.assert(
        fc.property(fc.double({ min: -6, max: 6, noNaN: true }), (x) => {
          fc.pre(kind !== "relu" || Math.abs(x) > 1e-4);
          const f = activation(kind);
          expect(derivative(kind)(x)).toBeCloseTo((f(x + 1e-5) - f(x - 1e-5)) / 2e-5, 5);
        }),
      );
    });
  }
});
