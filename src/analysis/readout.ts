import type { Trace } from "../engine/trace";
import { logitsAt } from "./distribution";
import { isCausal, lmHead, type ReadoutKind, readoutKind } from "./readoutKind";

/** What a model says at its end: one row of logits, and over what. */
export interface Readout {
  readonly kind: ReadoutKind;
  /** Position that the row belongs to. */
  readonly position: number;
  /** [d_vocab] or [label] */
  readonly logits: Float32Array;
  /** Names of the classes, where it is one. */
  readonly labels: readonly string[] | null;
  /** Whether the classes are of the token at the position rather than of the whole input. */
  readonly isOfToken: boolean;
}

/**
 * The position whose logits are shown: of a model that reads one way the last, so that they are of the next token; of
 * one that reads both ways the chosen one.
 */
export function readoutPosition(trace: Trace, query: number): number {
  const last = (trace.decoderTokens ?? trace.tokens).length - 1;
  if (lmHead(trace) !== undefined && isCausal(trace)) return last;
  return trace.spec.heads[0]?.kind === "sequence" ? 0 : Math.min(query, last);
}

/** The row of logits at a position, or null where the trace does not hold it. */
export function readoutOf(trace: Trace, position: number): Readout | null {
  const tensor = trace.sites.logits;
  const head = lmHead(trace) ?? trace.spec.heads[0];
  const kind = readoutKind(trace);
  if (tensor === undefined || head === undefined || kind === null) return null;
  const rows = tensor.shape[0] ?? 0;
  const last = (trace.decoderTokens ?? trace.tokens).length - 1;
  // A trace may hold the last row alone: that of the next token, but of one token at most that is to be filled.
  if (kind === "fill" && rows <= last && position !== last) return null;
  const row = Math.min(position, rows - 1);
  return {
    kind,
    position,
    logits: logitsAt(tensor, row),
    labels: head.kind === "lm" ? null : head.labels,
    isOfToken: head.kind === "token",
  };
}
