// AssemblyScript, compiled by bench.mjs: the most multiply–adds that 128-bit WebAssembly can do, all in registers.

/** Runs `steps` × 12 independent fused multiply–adds of four floats and returns their sum, so that none can be dropped. */
export function fmas(steps: i32): f32 {
  const x = f32x4.splat(1.0000001);
  const y = f32x4.splat(1e-9);
  let a = y,
    b = y,
    c = y,
    d = y,
    e = y,
    f = y,
    g = y,
    h = y,
    i = y,
    j = y,
    k = y,
    l = y;
  for (let s = 0; s < steps; s++) {
    a = f32x4.relaxed_madd(a, x, y);
    b = f32x4.relaxed_madd(b, x, y);
    c = f32x4.relaxed_madd(c, x, y);
    d = f32x4.relaxed_madd(d, x, y);
    e = f32x4.relaxed_madd(e, x, y);
    f = f32x4.relaxed_madd(f, x, y);
    g = f32x4.relaxed_madd(g, x, y);
    h = f32x4.relaxed_madd(h, x, y);
    i = f32x4.relaxed_madd(i, x, y);
    j = f32x4.relaxed_madd(j, x, y);
    k = f32x4.relaxed_madd(k, x, y);
    l = f32x4.relaxed_madd(l, x, y);
  }
  const s1 = f32x4.add(
    f32x4.add(f32x4.add(a, b), f32x4.add(c, d)),
    f32x4.add(f32x4.add(e, f), f32x4.add(g, h)),
  );
  const s2 = f32x4.add(s1, f32x4.add(f32x4.add(i, j), f32x4.add(k, l)));
  return (
    f32x4.extract_lane(s2, 0) +
    f32x4.extract_lane(s2, 1) +
    f32x4.extract_lane(s2, 2) +
    f32x4.extract_lane(s2, 3)
  );
}
