/** The part of a long list that is worth drawing: a half-open range. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

/** Rows of a scrolled list that show, with `margin` rows on either side. Lengths in pixels. */
export function visibleRows(
  total: number,
  rowHeight: number,
  scrolled: number,
  height: number,
  margin: number,
): Extent {
  const from = Math.max(0, Math.floor(scrolled / rowHeight) - margin);
  return {
    from: Math.min(from, total),
    to: Math.min(total, Math.ceil((scrolled + height) / rowHeight) + margin),
  };
}

/** At most `size` neighbours of `centre` within 0…total. */
export function around(total: number, centre: number, size: number): Extent {
  const from = Math.max(0, Math.min(centre - Math.floor(size / 2), total - size));
  return { from, to: Math.min(total, from + size) };
}
