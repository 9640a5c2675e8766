import { logitsAt } from "../../analysis/distribution";
import type { BlockSpec } from "../../engine/spec";
import type { Trace } from "../../engine/trace";

/** What a model says at its end: one row of logits, and over what. */
export interface Readout {
  /** "next": the token that follows; "fill": the token at a position; "label": a class. */
  readonly kind: "next" | "fill" | "label";
  /** Position that the row belongs to. */
  readonly position: number;
  /** [d_vocab] or [label] */
  readonly logits: Float32Array;
  /** Names of the classes, where it is one. */
  readonly labels: readonly string[] | null;
}

/**
 * The row of logits to show: of a model that reads one way the one after the last token, of one that reads both ways
 * the one at `query`, of a classifier its only one. Null where the trace holds no logits.
 */
export function readoutOf(trace: Trace, query: number): Readout | null {
  const tensor = trace.sites.logits;
  const head = trace.spec.heads.find((each) => each.kind === "lm") ?? trace.spec.heads[0];
  if (tensor === undefined || head === undefined) return null;
  const rows = tensor.shape[0] ?? 0;
  if (head.kind !== "lm") {
    const row = head.kind === "token" ? Math.min(query, rows - 1) : 0;
    return { kind: "label", position: row, logits: logitsAt(tensor, row), labels: head.labels };
  }
  const isCausal = readsForward(trace.spec.stacks.at(-1)?.layers[0]);
  const row = isCausal ? rows - 1 : Math.min(query, rows - 1);
  const tokens = trace.decoderTokens ?? trace.tokens;
  return {
    kind: isCausal ? "next" : "fill",
    position: isCausal ? tokens.length - 1 : row,
    logits: logitsAt(tensor, row),
    labels: null,
  };
}

function readsForward(block: BlockSpec | undefined): boolean {
  const mask = block?.attn.mask;
  return mask?.kind === "causal" || (mask?.kind === "window" && mask.causal);
}
