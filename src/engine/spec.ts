/**
 * An architecture as data. The forward pass reads nothing but this and the weights: no family is named in it.
 * Everything here survives structuredClone, so a spec can travel to a worker and sit in a trace.
 */

export type StackName = "blocks" | "encoder" | "decoder";
export type Activation = "gelu" | "gelu_tanh" | "quick_gelu" | "relu" | "silu" | "tanh";

export interface NormSpec {
  /** layer: (x − mean)/√(var + ε)·w + b; rms: x/√(mean(x²) + ε)·w. */
  readonly kind: "layer" | "rms";
  readonly eps: number;
}

/** Positions that are added to the residual stream at the input. */
export type InputPositions =
  | { readonly kind: "none" }
  /** Row `offset + position` of the table pos_embed.W_pos; `skipId`: positions count only other ids, that id itself gets row `offset − 1` (RoBERTa). */
  | {
      readonly kind: "learned";
      readonly offset: number;
      readonly length: number;
      readonly skipId: number | null;
    }
  /** "interleaved": sin, cos, sin, cos …; "halves": all sines, then all cosines (Marian). */
  | { readonly kind: "sinusoidal"; readonly layout: "interleaved" | "halves"; readonly base: number };

/** Positions that act inside attention. */
export type AttentionPositions =
  | { readonly kind: "none" }
  /** Rotates the first `dims` dimensions of q and k; `inverseFrequencies` has dims/2 entries (radians per position). */
  | {
      readonly kind: "rotary";
      readonly dims: number;
      readonly layout: "halves" | "interleaved";
      readonly inverseFrequencies: readonly number[];
      readonly factor: number;
    }
  /** T5: a learned bias per bucket of the distance key − query and head, added to the scaled scores. Table: {table} [buckets, head]. */
  | {
      readonly kind: "buckets";
      readonly buckets: number;
      readonly maxDistance: number;
      readonly bidirectional: boolean;
      readonly table: string;
    }
  /** ALiBi: −slope·(query − key), one slope per head. */
  | { readonly kind: "alibi"; readonly slopes: readonly number[] };

/** Which key each query may see; padding is a separate input of the run and is added to every mask. */
export type MaskSpec =
  | { readonly kind: "none" }
  | { readonly kind: "causal" }
  /** Keys with query − key < size, and none ahead when causal (both sides |query − key| < size otherwise). */
  | { readonly kind: "window"; readonly size: number; readonly causal: boolean };

/** How two positions are scored. */
export type ScoreRule = { readonly kind: "dot" };

/** How a row of scores becomes a row of the pattern. */
export type Normaliser = { readonly kind: "softmax"; readonly temperature: number };

export interface AttentionSpec {
  readonly nHeads: number;
  /** Fewer than nHeads: grouped queries; query head h reads key/value head ⌊h·nKvHeads/nHeads⌋. */
  readonly nKvHeads: number;
  readonly dHead: number;
  /** Multiplies q·k: 1/√dHead, or 1 (T5). */
  readonly scale: number;
  readonly positions: AttentionPositions;
  readonly mask: MaskSpec;
  /** Score of a masked cell: −Infinity, or a finite number to see why it must not be 0. */
  readonly maskValue: number;
  readonly score: ScoreRule;
  readonly normaliser: Normaliser;
}

export interface MlpSpec {
  readonly dMlp: number;
  readonly activation: Activation;
  /** act(x W_gate) ⊙ (x W_in) before W_out. */
  readonly gated: boolean;
}

export interface BlockSpec {
  /** null: no normalisation at all. */
  readonly norm: NormSpec | null;
  readonly place: "pre" | "post";
  /** Attention and MLP both read the block's input (GPT-NeoX). */
  readonly parallel: boolean;
  readonly residual: boolean;
  readonly attn: AttentionSpec;
  readonly cross: AttentionSpec | null;
  readonly mlp: MlpSpec;
  /** Layer whose weights this one uses: its own index, or another's where layers are shared (ALBERT). */
  readonly weightsOf: number;
}

export type EmbedSpec =
  | {
      readonly kind: "tokens";
      readonly vocab: number;
      /** Width of the token table; differs from dModel when the embedding is factorised (then `projection`). */
      readonly width: number;
      readonly scale: number;
      readonly positions: InputPositions;
      /** Number of token types (segments), 0 for none. */
      readonly types: number;
      readonly norm: NormSpec | null;
      readonly projection: boolean;
    }
  | {
      readonly kind: "patches";
      readonly channels: number;
      readonly height: number;
      readonly width: number;
      readonly patch: number;
      readonly positions: InputPositions;
      readonly norm: NormSpec | null;
    };

export interface StackSpec {
  readonly name: StackName;
  readonly dModel: number;
  readonly embed: EmbedSpec;
  readonly layers: readonly BlockSpec[];
  readonly finalNorm: NormSpec | null;
}

/** What is read off the last stack. A model may have several (BERT pre-training: lm and nextSentence). */
export type HeadSpec =
  /** Logits over the vocabulary, site `logits`; `transform`: dense, activation, LayerNorm first (masked LM); `scale` multiplies the input (tied T5). */
  | {
      readonly kind: "lm";
      readonly transform: {
        readonly width: number;
        readonly activation: Activation;
        readonly norm: NormSpec;
      } | null;
      readonly scale: number;
      readonly softcap: null;
    }
  /** One row of label logits from the pooled first (or last non-padding) position, site `logits` (or `nsp_logits`). */
  | {
      readonly kind: "sequence";
      readonly pool: "first" | "last";
      readonly hidden: { readonly activation: Activation } | null;
      readonly labels: readonly string[];
      readonly site: "logits" | "nsp_logits";
    }
  /** Label logits for each position, site `logits`. */
  | { readonly kind: "token"; readonly labels: readonly string[] };

export interface SpecialIds {
  readonly bos: number | null;
  readonly eos: number | null;
  readonly pad: number | null;
  readonly mask: number | null;
  readonly cls: number | null;
  readonly sep: number | null;
  readonly decoderStart: number | null;
}

export interface ModelSpec {
  /** The Hugging Face model_type: information only, never tested in the forward pass. */
  readonly family: string;
  /** Longest input in tokens (or patches). */
  readonly context: number;
  /** One stack ("blocks"), or two ("encoder", "decoder"). */
  readonly stacks: readonly StackSpec[];
  readonly heads: readonly HeadSpec[];
  readonly ids: SpecialIds;
}
