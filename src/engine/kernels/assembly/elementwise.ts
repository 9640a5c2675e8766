import { F32, loadPartial, storePartial } from "./math";

/** out = a + b for `count` floats. */
export function add(out: usize, a: usize, b: usize, count: usize): void {
  const full = count & ~3;
  for (let i: usize = 0; i < full; i += 4) v128.store(out + i * F32, f32x4.add(v128.load(a + i * F32), v128.load(b + i * F32)));
  for (let i = full; i < count; i++) store<f32>(out + i * F32, load<f32>(a + i * F32) + load<f32>(b + i * F32));
}

/** out = a ⊙ b for `count` floats. */
export function multiply(out: usize, a: usize, b: usize, count: usize): void {
  const full = count & ~3;
  for (let i: usize = 0; i < full; i += 4) v128.store(out + i * F32, f32x4.mul(v128.load(a + i * F32), v128.load(b + i * F32)));
  for (let i = full; i < count; i++) store<f32>(out + i * F32, load<f32>(a + i * F32) * load<f32>(b + i * F32));
}

/** out = factor·x for `count` floats. */
export function scale(out: usize, x: usize, count: usize, factor: f32): void {
  const f = f32x4.splat(factor);
  const full = count & ~3;
  for (let i: usize = 0; i < full; i += 4) v128.store(out + i * F32, f32x4.mul(v128.load(x + i * F32), f));
  const rest = count - full;
  if (rest) storePartial(out + full * F32, f32x4.mul(loadPartial(x + full * F32, rest, 0), f), rest);
}

/** scores[h, n] = value where hidden[n] is not 0, for each head's `count` cells. */
export function hide(scores: usize, heads: usize, hidden: usize, count: usize, value: f32): void {
  const v = f32x4.splat(value);
  const full = count & ~3;
  for (let h: usize = 0; h < heads; h++) {
    for (let i: usize = 0; i < full; i += 4) {
      const seen = f32x4.eq(v128.load(hidden + i * F32), f32x4.splat(0));
      v128.store(scores + i * F32, v128.bitselect(v128.load(scores + i * F32), v, seen));
    }
    for (let i = full; i < count; i++) if (load<f32>(hidden + i * F32) != 0) store<f32>(scores + i * F32, value);
    scores += count * F32;
  }
}
