import { exp4, F32, loadPartial, max4, storePartial, sum4 } from "./math";

/**
 * Softmax of each row of scores [rows, columns], in stages: rowMax, exp = e^(s − rowMax), rowSum, pattern = exp/rowSum. Any of
 * the stage addresses may be 0 (not kept). A row of nothing but −∞ gives zeros.
 */
export function softmax(pattern: usize, scores: usize, rows: usize, columns: usize, rowMax: usize, exp: usize, rowSum: usize): void {
  const full = columns & ~3;
  const rest = columns - full;
  for (let r: usize = 0; r < rows; r++) {
    const x = scores + r * columns * F32;
    const y = pattern + r * columns * F32;
    const e = exp ? exp + r * columns * F32 : y;
    let top = f32x4.splat(-Infinity);
    for (let i: usize = 0; i < full; i += 4) top = f32x4.pmax(top, v128.load(x + i * F32));
    if (rest) top = f32x4.pmax(top, loadPartial(x + full * F32, rest, -Infinity));
    const most = max4(top);
    if (rowMax) store<f32>(rowMax + r * F32, most);
    if (most == -Infinity) {
      memory.fill(y, 0, columns * F32);
      if (exp) memory.fill(e, 0, columns * F32);
      if (rowSum) store<f32>(rowSum + r * F32, 0);
      continue;
    }
    const shift = f32x4.splat(most);
    let total = f32x4.splat(0);
    for (let i: usize = 0; i < full; i += 4) {
      const v = exp4(f32x4.sub(v128.load(x + i * F32), shift));
      total = f32x4.add(total, v);
      v128.store(e + i * F32, v);
    }
    if (rest) {
      const v = exp4(f32x4.sub(loadPartial(x + full * F32, rest, -Infinity), shift));
      total = f32x4.add(total, v);
      storePartial(e + full * F32, v, rest);
    }
    const sum = sum4(total);
    if (rowSum) store<f32>(rowSum + r * F32, sum);
    const factor = f32x4.splat(<f32>1 / sum);
    for (let i: usize = 0; i < full; i += 4) v128.store(y + i * F32, f32x4.mul(v128.load(e + i * F32), factor));
    for (let i = full; i < columns; i++) store<f32>(y + i * F32, load<f32>(e + i * F32) * (<f32>1 / sum));
  }
}
