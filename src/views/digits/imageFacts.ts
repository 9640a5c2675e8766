import { logitsAt } from "../../analysis/distribution";
import { logSoftmax } from "../../engine/decode/sampling";
import type { Trace } from "../../engine/trace";
import { siteName, type Where } from "../../viz/siteView";

/** How an image lies in patches; its class token is position 0, the patch in row r and column c is 1 + r·columns + c. */
export interface PatchGrid {
  readonly rows: number;
  readonly columns: number;
}

/** The patches of a trace's image, or null for a model of text. */
export function patchGrid(trace: Trace): PatchGrid | null {
  const embed = trace.spec.stacks[0]?.embed;
  if (embed?.kind !== "patches") return null;
  return { rows: Math.floor(embed.height / embed.patch), columns: Math.floor(embed.width / embed.patch) };
}

/** What the looked head's query gives to each position. [key_pos]; null where the trace lacks the pattern */
export function attentionRow(trace: Trace, where: Where): Float32Array | null {
  const pattern = trace.sites[siteName(where, "attn.hook_pattern")];
  if (pattern === undefined) return null;
  const [, queries = 0, keys = 0] = pattern.shape;
  const start = (where.head * queries + where.query) * keys;
  return pattern.data.subarray(start, start + keys);
}

/** The probability of each class by its name; null where the model names none. */
export function classes(
  trace: Trace,
): readonly { readonly label: string; readonly probability: number }[] | null {
  const head = trace.spec.heads.find((each) => each.kind === "sequence");
  const logits = trace.sites.logits;
  if (head?.kind !== "sequence" || logits === undefined) return null;
  const log = logSoftmax(logitsAt(logits, 0));
  return head.labels.map((label, at) => ({
    label,
    probability: Math.exp(log[at] ?? Number.NEGATIVE_INFINITY),
  }));
}

/** Place of the largest number. */
export function largest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((best, value, at, all) => (value > (all[best] ?? 0) ? at : best), 0);
}
