/** Bytes of a float and of a vector of four. */
export const F32: usize = 4;
export const V128: usize = 16;

/** Sixteen floats that no allocation ever gets: partial vectors and tiles pass through here. */
export const SCRATCH: usize = 64;

/** a·b + c: one rounding in the relaxed build, two in the plain one. */
// @ts-ignore: decorator
@inline
export function fma(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

/**
 * e^x for four floats, relative error about 1e-7: x = n·ln 2 + r, a polynomial in r (Cephes expf), and n added to the
 * exponent. Adding 1.5·2²³ rounds to an integer and leaves n + bias in the low bits. Below −87.33 the result is 0.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const low = f32x4.splat(-87.33);
  const t = f32x4.pmax(low, f32x4.pmin(f32x4.splat(88.0), x));
  const biased = fma(t, f32x4.splat(1.44269504), f32x4.splat(12583039.0));
  const power = i32x4.shl(biased, 23);
  const n = f32x4.sub(biased, f32x4.splat(12583039.0));
  let r = fma(n, f32x4.splat(-0.693359375), t);
  r = fma(n, f32x4.splat(2.1219444e-4), r);
  let p = fma(f32x4.splat(1.987569150e-4), r, f32x4.splat(1.3981999507e-3));
  p = fma(p, r, f32x4.splat(8.3334519073e-3));
  p = fma(p, r, f32x4.splat(4.1665795894e-2));
  p = fma(p, r, f32x4.splat(1.6666665459e-1));
  p = fma(p, r, f32x4.splat(0.5));
  p = fma(f32x4.mul(r, r), p, f32x4.add(r, f32x4.splat(1)));
  return v128.and(f32x4.mul(p, power), f32x4.ge(x, low));
}

// @ts-ignore: decorator
@inline
export function sum4(v: v128): f32 {
  return (f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1)) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

// @ts-ignore: decorator
@inline
export function max4(v: v128): f32 {
  return max(
    max(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1)),
    max(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)),
  );
}

/** The `count` < 4 floats at `from`, the other lanes `fill`. */
export function loadPartial(from: usize, count: usize, fill: f32): v128 {
  v128.store(SCRATCH, f32x4.splat(fill));
  for (let i: usize = 0; i < count; i++) store<f32>(SCRATCH + i * F32, load<f32>(from + i * F32));
  return v128.load(SCRATCH);
}

/** Stores the first `count` < 4 lanes. */
export function storePartial(to: usize, v: v128, count: usize): void {
  v128.store(SCRATCH, v);
  for (let i: usize = 0; i < count; i++) store<f32>(to + i * F32, load<f32>(SCRATCH + i * F32));
}
