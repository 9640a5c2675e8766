import { exp4, F32, fma, loadPartial, storePartial } from "./math";

const GELU: i32 = 0;
const GELU_TANH: i32 = 1;
const QUICK_GELU: i32 = 2;
const RELU: i32 = 3;
const SILU: i32 = 4;

/** out = f(x) for `count` floats; the number of f is its place in the list that wasm.ts hands over. */
export function activate(out: usize, x: usize, count: usize, kind: i32): void {
  const full = count & ~3;
  for (let i: usize = 0; i < full; i += 4) v128.store(out + i * F32, one(v128.load(x + i * F32), kind));
  const rest = count - full;
  if (rest) storePartial(out + full * F32, one(loadPartial(x + full * F32, rest, 0), kind), rest);
}

// @ts-ignore: decorator
@inline
function one(x: v128, kind: i32): v128 {
  switch (kind) {
    case GELU: return gelu(x);
    // x·σ(2u) = x/2·(1 + tanh u), u = √(2/π)(x + 0.044715 x³)
    case GELU_TANH: return sigmoidTimes(x, f32x4.mul(x, fma(f32x4.mul(x, x), f32x4.splat(0.0713548162726), f32x4.splat(1.59576912161))));
    case QUICK_GELU: return sigmoidTimes(x, f32x4.mul(x, f32x4.splat(1.702)));
    case RELU: return f32x4.max(x, f32x4.splat(0));
    case SILU: return sigmoidTimes(x, x);
    // tanh x = 2σ(2x) − 1
    default: return f32x4.sub(sigmoidTimes(f32x4.splat(2), f32x4.add(x, x)), f32x4.splat(1));
  }
}

/** x·σ(t) = x/(1 + e^−t). */
// @ts-ignore: decorator
@inline
function sigmoidTimes(x: v128, t: v128): v128 {
  return f32x4.div(x, f32x4.add(f32x4.splat(1), exp4(f32x4.neg(t))));
}

/** x/2·(1 + erf(x/√2)), with erf by Abramowitz and Stegun 7.1.26 (absolute error below 1.5e-7). */
// @ts-ignore: decorator
@inline
function gelu(x: v128): v128 {
  const z = f32x4.mul(f32x4.abs(x), f32x4.splat(0.70710678118));
  const t = f32x4.div(f32x4.splat(1), fma(f32x4.splat(0.3275911), z, f32x4.splat(1)));
  let p = fma(f32x4.splat(1.061405429), t, f32x4.splat(-1.453152027));
  p = fma(p, t, f32x4.splat(1.421413741));
  p = fma(p, t, f32x4.splat(-0.284496736));
  p = fma(p, t, f32x4.splat(0.254829592));
  // Half of 1 − erf z: the share that x/2·(1 + erf) lacks when x is positive, or has when x is negative.
  const tail = f32x4.mul(f32x4.splat(0.5), f32x4.mul(f32x4.mul(p, t), exp4(f32x4.neg(f32x4.mul(z, z)))));
  const share = v128.bitselect(tail, f32x4.sub(f32x4.splat(1), tail), f32x4.lt(x, f32x4.splat(0)));
  return f32x4.mul(x, share);
}
