// The two paths that figures draw, as d3-shape draws them: that package is one file of classes that a bundler keeps whole,
// 4 KB before the first picture. A test compares them with it.

/** One cubic Bézier from a point to another, level at both ends: d3-shape's curveBumpX. */
export function bump(x0: number, y0: number, x1: number, y1: number): string {
  const middle = (x0 + x1) / 2;
  return `M${rounded(x0)},${rounded(y0)}C${rounded(middle)},${rounded(y0)},${rounded(middle)},${rounded(y1)},${rounded(x1)},${rounded(y1)}`;
}

/** Straight lines from point to point. */
export function polyline(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], at) => `${at === 0 ? "M" : "L"}${rounded(x)},${rounded(y)}`).join("");
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
