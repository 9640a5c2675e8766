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
  /** false: w is 1 and b is 0, whatever was trained. */
  readonly affine?: false;
}

/**
 * Where absolute positions are added: once to the embeddings, to what enters every block, or in every attention to what
 * its queries and keys (not its values) are read from.
 */
export type PositionPlace = "input" | "layers" | "queriesAndKeys";

/** Positions that are added to the stream; `at` is "input" where it is left out. */
export type InputPositions =
  | { readonly kind: "none" }
  /**
   * Row `offset + position` of the table pos_embed.W_pos; `skipId`: positions count only other ids, that id itself gets row
   * `offset − 1` (RoBERTa). `past`: what comes after the last row, an error (also where it is left out) or that row again.
   */
  | {
      readonly kind: "learned";
      readonly offset: number;
      readonly length: number;
      readonly skipId: number | null;
      readonly past?: "refuse" | "repeat";
      readonly at?: PositionPlace;
    }
  /** "interleaved": sin, cos, sin, cos …; "halves": all sines, then all cosines (Marian). */
  | {
      readonly kind: "sinusoidal";
      readonly layout: "interleaved" | "halves";
      readonly base: number;
      readonly at?: PositionPlace;
    };

/** How a relative term b acts on a scaled score s: s + b (also where it is left out), or s·e^b. */
export type RelativeUse = "add" | "multiply";

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
      readonly use?: RelativeUse;
    }
  /** ALiBi: −slope·(query − key), one slope per head. */
  | { readonly kind: "alibi"; readonly slopes: readonly number[]; readonly use?: RelativeUse };

/**
 * Which key each query may see; padding is a separate input of the run and is added to every mask. `causal`: and none
 * ahead. The size of a window counts the query itself: |query − key| < size.
 */
export type MaskSpec =
  | { readonly kind: "none" }
  | { readonly kind: "causal" }
  | { readonly kind: "window"; readonly size: number; readonly causal: boolean }
  /** Atrous: every `step`-th key, query − key ≡ 0 mod step. */
  | { readonly kind: "dilated"; readonly step: number; readonly causal: boolean }
  /** OpenAI's sparse attention: a window, and every `step`-th key beyond it (Child et al. 2019). */
  | { readonly kind: "strided"; readonly size: number; readonly step: number; readonly causal: boolean }
  /** A window, and global tokens (the first ones) that see all and are seen by all (Beltagy et al. 2020). */
  | { readonly kind: "longformer"; readonly size: number; readonly globals: number; readonly causal: boolean }
  /** Longformer's, and `random` more keys of each query, drawn from the seed (Zaheer et al. 2020). */
  | {
      readonly kind: "bigbird";
      readonly size: number;
      readonly globals: number;
      readonly random: number;
      readonly seed: number;
      readonly causal: boolean;
    }
  /** Only keys of the query's own block of `size` positions. */
  | { readonly kind: "block"; readonly size: number; readonly causal: boolean }
  /** The first `length` keys are seen by all, the others as in a causal mask. */
  | { readonly kind: "prefix"; readonly length: number }
  /**
   * Transformer-XL (Dai et al. 2019): the text is read in segments of `size`, causally, and the hidden states of the last
   * `memory` positions before the query's segment are further keys and values.
   */
  | { readonly kind: "segments"; readonly size: number; readonly memory: number }
  /** By hand: one row for each query, "1" for a key that it sees. Beyond the drawing as `causal` says. */
  | { readonly kind: "drawn"; readonly rows: readonly string[]; readonly causal: boolean };

/**
 * How two positions are scored. Beside the product of queries and keys: Bahdanau's additive rule, the Synthesizer's rules
 * that compare no tokens (Tay et al. 2020; none reads more than `length` positions), and products of features.
 */
export type ScoreRule =
  /** q·k. */
  | { readonly kind: "dot" }
  | LearnedRule
  /** Σ_r softmax(w)_r·S_r over rules, one w per head; its dot products are scaled by 1/√dHead. */
  | { readonly kind: "mixture"; readonly of: readonly (LearnedRule | { readonly kind: "dot" })[] }
  /** φ(q)·φ(k), never negative. */
  | { readonly kind: "linear"; readonly features: FeatureMap };

/** A score rule with weights of its own, per head. */
export type LearnedRule =
  /** vᵀ tanh(q W + k U), W and U [d_head, width] (Bahdanau et al. 2015). */
  | { readonly kind: "additive"; readonly width: number }
  /** relu(x W₁ + b₁) W₂ + b₂, W₁ [d_model, hidden], W₂ [hidden, length]. */
  | { readonly kind: "dense"; readonly hidden: number; readonly length: number }
  /** S = a_j mod a · b_⌊j/a⌋ with the rows of two dense layers, [d_model, a] and [d_model, b]; a·b = length. */
  | { readonly kind: "factorisedDense"; readonly a: number; readonly b: number }
  /** A table R [length, length] that no input changes. */
  | { readonly kind: "random"; readonly length: number }
  /** R₁R₂ᵀ, both [length, rank]. */
  | { readonly kind: "factorisedRandom"; readonly length: number; readonly rank: number };

/** φ of linear attention. */
export type FeatureMap =
  /** elu(x) + 1 (Katharopoulos et al. 2020). */
  | { readonly kind: "elu" }
  /** e^(ω·x − ‖x‖²/2)/√count with x ← x/d_head^¼ and `count` normal ω from the seed (Choromanski et al. 2021). */
  | { readonly kind: "positiveRandom"; readonly count: number; readonly seed: number };

/** How a row of scores becomes a row of the pattern. */
export type Normaliser =
  | { readonly kind: "softmax"; readonly temperature: number }
  /** e^s/(1 + Σ e^s): a row may attend to nothing. */
  | { readonly kind: "softmaxPlusOne"; readonly temperature: number }
  /** relu(s)²/n, n the number of keys that the query sees (Hua et al. 2022). */
  | { readonly kind: "squaredRelu" }
  /** s/Σ s, of linear attention; a hidden cell (−∞) takes no part. */
  | { readonly kind: "sum" }
  /** The scores themselves; a hidden cell (−∞) is 0. */
  | { readonly kind: "none" };

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
  /** Heads whose mix of values counts as zero. */
  readonly dropped?: readonly number[];
}

/**
 * A gated attention unit in the place of attention and MLP (Hua et al. 2022): U = act(x W_U), V = act(x W_V) [pos, width],
 * Z = act(x W_Z) [pos, d_head], q = γ_q ⊙ Z + β_q, k = γ_k ⊙ Z + β_k, out = (U ⊙ A V) W_O with one head's pattern A.
 */
export interface GatedUnit {
  readonly width: number;
  readonly activation: Activation;
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
  /** The block is this unit: `attn` scores its queries and keys, and there is no MLP. */
  readonly unit?: GatedUnit;
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
  /** What was changed about a loaded model, and what that stands on. */
  readonly changed?: Changed;
}

/**
 * Where the numbers of a changed part come from: "loaded", the model's own weights, trained for another mechanism;
 * "random", weights that nobody trained, from the seed. Parts that are not listed are as they were trained.
 */
export interface Changed {
  readonly parts: readonly { readonly part: string; readonly source: "loaded" | "random" }[];
  /** How weights that the loaded model lacks are drawn (all of them where `all`). */
  readonly random: { readonly init: "normal" | "xavier"; readonly seed: number; readonly all: boolean };
}
