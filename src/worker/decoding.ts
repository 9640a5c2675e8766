import type { EndReason } from "../engine/decode/prefix";
import type { AttentionPlace } from "../engine/sites";
import type { StackName } from "../engine/spec";
import type { Tensor } from "../engine/tensor";
import type { Token } from "../engine/trace";
import type { Input, ModelChoice, Sampling } from "./engine";

export const STRATEGIES = ["greedy", "sample", "beam"] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** How a text is written on; what sampling needs besides is the session's `Sampling`. */
export interface Decoding {
  readonly strategy: Strategy;
  /** Partial texts that a beam search follows at once. */
  readonly beams: number;
  /** A finished text scores Σ log-probability / length^lengthPenalty. */
  readonly lengthPenalty: number;
  readonly maxTokens: number;
}

export interface DecodeRequest extends ModelChoice {
  /** The prompt, or the source of a translation. */
  readonly input: Input;
  readonly decoding: Decoding;
  readonly sampling: Sampling;
}

/**
 * A token that was considered, after its parent's text. Greedy decoding and sampling make a tree of one branch, whose
 * other candidates are pruned. Nodes are listed in the order in which they were found; the first is the root.
 */
export interface DecodeNode {
  /** Index of the parent, or −1 for the root. */
  readonly parent: number;
  /** −1 at the root. */
  readonly id: number;
  /** Display text of the token. */
  readonly text: string;
  /** Emitted tokens up to here. */
  readonly depth: number;
  /** log-probability of this token, and of all emitted tokens up to here. */
  readonly logProbability: number;
  readonly total: number;
  /** open: followed; pruned: dropped; finished: the last token of a text. */
  readonly state: "open" | "pruned" | "finished";
}

/** What the last position looked at in one attention layer while the next token was chosen. */
export interface LookedAt {
  readonly stack: StackName;
  readonly attention: AttentionPlace;
  readonly layer: number;
  /** [head, key_pos] */
  readonly rows: Tensor;
}

/** The pass that read a node's text to find its children. */
export interface NodeRead {
  readonly node: number;
  readonly looked: readonly LookedAt[];
}

/** The search after one more step. */
export interface DecodePart {
  /** Tokens of the encoder's text; null for models of one stack. */
  readonly source: readonly Token[] | null;
  /** What was there before the first emitted token: the prompt, or the decoder's start. */
  readonly start: readonly Token[];
  readonly nodes: readonly DecodeNode[];
  /** Passes since the last part. */
  readonly reads: readonly NodeRead[];
}

/** A text that came to its end. */
export interface DecodedText {
  /** Its last node. */
  readonly node: number;
  /** What was written: for a prompt, what comes after it. */
  readonly text: string;
  readonly logProbability: number;
  readonly score: number;
  readonly end: EndReason;
}

/** Best first. */
export interface DecodeResult {
  readonly texts: readonly DecodedText[];
}
