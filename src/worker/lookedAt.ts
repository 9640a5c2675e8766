import { patternSites } from "../analysis/heads/headFacts";
import type { Tensor } from "../engine/tensor";
import type { Sites } from "../engine/trace";
import type { LookedAt } from "./decoding";

/** The last query's row of every head of every pattern. */
export function lookedAt(sites: Sites): readonly LookedAt[] {
  return patternSites(sites).map(({ stack, place, layer, patterns }) => ({
    stack,
    attention: place,
    layer,
    rows: lastRows(patterns),
  }));
}

/** [head, query_pos, key_pos] → [head, key_pos], the last query's */
function lastRows({ data, shape }: Tensor): Tensor {
  const [heads = 0, queries = 0, keys = 0] = shape;
  const rows = new Float32Array(heads * keys);
  for (let head = 0; head < heads; head++) {
    const start = (head * queries + queries - 1) * keys;
    rows.set(data.subarray(start, start + keys), head * keys);
  }
  return { data: rows, shape: [heads, keys], axes: ["head", "key_pos"] };
}
