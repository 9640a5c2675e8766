import { F32, fma, sum4 } from "./math";

/**
 * Normalises each row of x [rows, width]. With `centred` (LayerNorm) the mean is taken off first; rms otherwise.
 * scale = √(mean of squares + eps), normalized = (x − mean)/scale, out = normalized·w + b. Addresses of mean, scale, normalized, w
 * and b may be 0: the stage is not kept; no gain; no bias.
 */
export function norm(out: usize, x: usize, rows: usize, width: usize, eps: f32, centred: bool, w: usize, b: usize, mean: usize, scale: usize, normalized: usize): void {
  const full = width & ~3;
  const part: f32 = <f32>1 / <f32>width;
  for (let r: usize = 0; r < rows; r++) {
    const from = x + r * width * F32;
    const to = out + r * width * F32;
    const keep = normalized ? normalized + r * width * F32 : 0;
    let middle: f32 = 0;
    if (centred) {
      let s = f32x4.splat(0);
      for (let i: usize = 0; i < full; i += 4) s = f32x4.add(s, v128.load(from + i * F32));
      middle = sum4(s);
      for (let i = full; i < width; i++) middle += load<f32>(from + i * F32);
      middle *= part;
    }
    const m = f32x4.splat(middle);
    let q = f32x4.splat(0);
    for (let i: usize = 0; i < full; i += 4) {
      const d = f32x4.sub(v128.load(from + i * F32), m);
      q = fma(d, d, q);
    }
    let squares = sum4(q);
    for (let i = full; i < width; i++) {
      const d = load<f32>(from + i * F32) - middle;
      squares += d * d;
    }
    const root: f32 = sqrt<f32>(squares * part + eps);
    if (mean) store<f32>(mean + r * F32, middle);
    if (scale) store<f32>(scale + r * F32, root);
    const inverse: f32 = <f32>1 / root;
    const k = f32x4.splat(inverse);
    for (let i: usize = 0; i < full; i += 4) {
      const at = i * F32;
      let v = f32x4.mul(f32x4.sub(v128.load(from + at), m), k);
      if (keep) v128.store(keep + at, v);
      if (w) v = f32x4.mul(v, v128.load(w + at));
      if (b) v = f32x4.add(v, v128.load(b + at));
      v128.store(to + at, v);
    }
    for (let i = full; i < width; i++) {
      const at = i * F32;
      let v: f32 = (load<f32>(from + at) - middle) * inverse;
      if (keep) store<f32>(keep + at, v);
      if (w) v *= load<f32>(w + at);
      if (b) v += load<f32>(b + at);
      store<f32>(to + at, v);
    }
  }
}
