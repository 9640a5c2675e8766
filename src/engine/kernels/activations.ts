import type { Activation } from "../spec";

/** The error function 2/√π ∫₀ˣ e^(−t²) dt, by its series below 2.5 and its continued fraction above (DLMF 7.6.2, 7.9.1). */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (a > 6) return Math.sign(x);
  if (a < 2.5) return erfSeries(x);
  return Math.sign(x) * (1 - erfcFraction(a));
}

/** erf(x) = 2/√π · e^(−x²) · Σ_n 2ⁿ x^(2n+1) / (1·3·5···(2n+1)): all terms of one sign, so nothing cancels. */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** erfc(x) = e^(−x²)/√π · 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))) for x ≥ 2.5. */
function erfcFraction(x: number): number {
  let tail = x;
  for (let n = 60; n >= 1; n--) tail = x + n / 2 / tail;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / tail;
}

const ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI);

const ACTIVATIONS: Readonly<Record<Activation, (x: number) => number>> = {
  /** x·Φ(x) = x/2·(1 + erf(x/√2)) */
  gelu: (x) => (x / 2) * (1 + erf(x / Math.SQRT2)),
  /** x/2·(1 + tanh(√(2/π)·(x + 0.044715 x³))) */
  gelu_tanh: (x) => (x / 2) * (1 + Math.tanh(ROOT_2_OVER_PI * (x + 0.044715 * x ** 3))),
  /** x·σ(1.702 x) */
  quick_gelu: (x) => x / (1 + Math.exp(-1.702 * x)),
  relu: (x) => Math.max(0, x),
  /** x·σ(x) */
  silu: (x) => x / (1 + Math.exp(-x)),
  tanh: Math.tanh,
};

const gaussian = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

const DERIVATIVES: Readonly<Record<Activation, (x: number) => number>> = {
  gelu: (x) => (1 + erf(x / Math.SQRT2)) / 2 + x * gaussian(x),
  gelu_tanh: (x) => {
    const t = Math.tanh(ROOT_2_OVER_PI * (x + 0.044715 * x ** 3));
    return (1 + t) / 2 + (x / 2) * (1 - t * t) * ROOT_2_OVER_PI * (1 + 3 * 0.044715 * x * x);
  },
  quick_gelu: (x) => logistic(1.702 * x) * (1 + 1.702 * x * (1 - logistic(1.702 * x))),
  relu: (x) => (x > 0 ? 1 : 0),
  silu: (x) => logistic(x) * (1 + x * (1 - logistic(x))),
  tanh: (x) => 1 - Math.tanh(x) ** 2,
};

/** The function of one number that an activation's name stands for. */
export function activation(kind: Activation): (x: number) => number {
  return ACTIVATIONS[kind];
}

/** The derivative of an activation, as a function of its input. */
export function derivative(kind: Activation): (x: number) => number {
  return DERIVATIVES[kind];
}
