import type { AttentionSpec, BlockSpec, ModelSpec, StackSpec } from "../../src/engine/spec";
import type { RunInput } from "../../src/engine/trace";

/** A small architecture, what it runs on, and weights that its file lacks. */
export interface TinyModel {
  readonly spec: ModelSpec;
  readonly input: RunInput;
  readonly without?: RegExp;
}

const D = 8;
const IDS = { bos: null, eos: null, pad: 1, mask: null, cls: null, sep: null, decoderStart: null };
const NO_POSITIONS = { kind: "none" } as const;

export const ATTENTION: AttentionSpec = {
  nHeads: 2,
  nKvHeads: 2,
  dHead: 4,
  scale: 0.5,
  positions: NO_POSITIONS,
  mask: { kind: "causal" },
  maskValue: Number.NEGATIVE_INFINITY,
  score: { kind: "dot" },
  normaliser: { kind: "softmax", temperature: 1 },
};

const LAYER_NORM = { kind: "layer", eps: 1e-5 } as const;
const RMS_NORM = { kind: "rms", eps: 1e-6 } as const;

export const BLOCK: BlockSpec = {
  norm: LAYER_NORM,
  place: "pre",
  parallel: false,
  residual: true,
  attn: ATTENTION,
  cross: null,
  mlp: { dMlp: 12, activation: "gelu_tanh", gated: false },
  weightsOf: 0,
};

/** A stack of `layers` like `block`, with learned positions unless `embed` says otherwise. */
export function stackOf(
  block: Partial<BlockSpec>,
  layers: number,
  more: Partial<Omit<StackSpec, "embed">> & { embed?: Partial<StackSpec["embed"]> } = {},
): StackSpec {
  const embed = {
    kind: "tokens",
    vocab: 11,
    width: D,
    scale: 1,
    positions: { kind: "learned", offset: 0, length: 16, skipId: null },
    types: 0,
    norm: null,
    projection: false,
    ...more.embed,
  } as StackSpec["embed"];
  return {
    name: "blocks",
    dModel: D,
    finalNorm: LAYER_NORM,
    ...more,
    embed,
    layers: Array.from({ length: layers }, (_, layer) => ({ ...BLOCK, weightsOf: layer, ...block })),
  };
}

const LM = { kind: "lm", transform: null, scale: 1 } as const;

export function modelOf(stacks: readonly StackSpec[], heads: ModelSpec["heads"] = [LM]): ModelSpec {
  return { family: "tiny", context: 16, stacks, heads, ids: IDS };
}

/** One model for each way in which architectures differ. */
export const TINY_MODELS: Readonly<Record<string, TinyModel>> = {
  "pre-norm decoder": { spec: modelOf([stackOf({}, 2)]), input: { ids: [3, 1, 4, 1, 5] } },
  "post-norm encoder with token types, padding and two heads on top": {
    spec: modelOf(
      [
        stackOf(
          {
            place: "post",
            attn: { ...ATTENTION, mask: { kind: "none" } },
            mlp: { dMlp: 12, activation: "gelu", gated: false },
          },
          2,
          { finalNorm: null, embed: { types: 2, norm: LAYER_NORM } },
        ),
      ],
      [
        {
          kind: "lm",
          transform: { width: D, activation: "gelu", norm: LAYER_NORM },
          scale: 1,
        },
        {
          kind: "sequence",
          pool: "first",
          hidden: { activation: "tanh" },
          labels: ["a", "b"],
          site: "nsp_logits",
        },
      ],
    ),
    input: { ids: [2, 7, 1, 8, 0, 0], tokenTypeIds: [0, 0, 1, 1, 1, 1], attentionMask: [1, 1, 1, 1, 0, 0] },
  },
  "factorised and shared layers, positions that skip padding": {
    spec: modelOf(
      [
        stackOf({ place: "post", weightsOf: 0, attn: { ...ATTENTION, mask: { kind: "none" } } }, 2, {
          finalNorm: null,
          embed: {
            width: 6,
            norm: LAYER_NORM,
            projection: true,
            positions: { kind: "learned", offset: 2, length: 16, skipId: 1 },
          },
        }),
      ],
      [{ kind: "token", labels: ["x", "y", "z"] }],
    ),
    input: { ids: [4, 1, 6, 2, 1] },
  },
  "grouped queries, rotary halves, gated MLP, RMSNorm, a window, no biases": {
    spec: modelOf([
      stackOf(
        {
          norm: RMS_NORM,
          attn: {
            ...ATTENTION,
            nHeads: 4,
            mask: { kind: "window", size: 3, causal: true },
            positions: {
              kind: "rotary",
              dims: 4,
              layout: "halves",
              inverseFrequencies: [1, 0.1],
              factor: 1.2,
            },
          },
          mlp: { dMlp: 10, activation: "silu", gated: true },
        },
        2,
        { finalNorm: RMS_NORM, embed: { positions: NO_POSITIONS, scale: 3 } },
      ),
    ]),
    input: { ids: [3, 1, 4, 1, 5] },
    without: /\.b_/,
  },
  "parallel residual, partial interleaved rotary, temperature, last position classified": {
    spec: modelOf(
      [
        stackOf(
          {
            parallel: true,
            attn: {
              ...ATTENTION,
              normaliser: { kind: "softmax", temperature: 1.7 },
              positions: {
                kind: "rotary",
                dims: 2,
                layout: "interleaved",
                inverseFrequencies: [0.7],
                factor: 1,
              },
            },
          },
          2,
          { embed: { positions: NO_POSITIONS } },
        ),
      ],
      [{ kind: "sequence", pool: "last", hidden: null, labels: ["a", "b"], site: "logits" }],
    ),
    input: { ids: [3, 1, 4, 0], attentionMask: [1, 1, 1, 0] },
  },
  "pre-norm encoder–decoder with bucket biases": {
    spec: modelOf(
      [
        stackOf({ norm: RMS_NORM, attn: buckets("encoder", true) }, 2, {
          name: "encoder",
          finalNorm: RMS_NORM,
          embed: { positions: NO_POSITIONS },
        }),
        stackOf({ norm: RMS_NORM, attn: buckets("decoder", false), cross: cross() }, 2, {
          name: "decoder",
          finalNorm: RMS_NORM,
          embed: { positions: NO_POSITIONS },
        }),
      ],
      [{ ...LM, scale: 0.35 }],
    ),
    input: { ids: [3, 1, 4, 0], decoderIds: [0, 5, 9], attentionMask: [1, 1, 1, 0] },
    without: /\.b_/,
  },
  "post-norm encoder–decoder with sinusoidal positions": {
    spec: modelOf([
      stackOf({ place: "post", attn: { ...ATTENTION, mask: { kind: "none" } } }, 1, {
        name: "encoder",
        finalNorm: null,
        embed: { scale: 2, positions: { kind: "sinusoidal", layout: "halves", base: 10000 } },
      }),
      stackOf({ place: "post", cross: cross() }, 2, {
        name: "decoder",
        finalNorm: null,
        embed: { scale: 2, positions: { kind: "sinusoidal", layout: "interleaved", base: 10000 } },
      }),
    ]),
    input: { ids: [3, 1, 4], decoderIds: [0, 5, 9, 2] },
  },
  "image patches": {
    spec: modelOf(
      [
        stackOf({ attn: { ...ATTENTION, mask: { kind: "none" } } }, 1, {
          embed: {
            kind: "patches",
            channels: 2,
            height: 4,
            width: 6,
            patch: 2,
            positions: { kind: "learned", offset: 0, length: 7, skipId: null },
            norm: null,
          } as StackSpec["embed"],
        }),
      ],
      [{ kind: "sequence", pool: "first", hidden: null, labels: ["0", "1"], site: "logits" }],
    ),
    input: { ids: [], image: Float32Array.from({ length: 48 }, (_, at) => Math.sin(at)) },
  },
  "ALiBi, a finite mask value, neither norm nor residual": {
    spec: modelOf([
      stackOf(
        {
          norm: null,
          residual: false,
          attn: { ...ATTENTION, maskValue: -2, positions: { kind: "alibi", slopes: [0.25, 0.0625] } },
        },
        2,
        { finalNorm: null, embed: { positions: NO_POSITIONS } },
      ),
    ]),
    input: { ids: [3, 1, 4, 1, 5] },
  },
};

function buckets(stack: "encoder" | "decoder", bidirectional: boolean): AttentionSpec {
  return {
    ...ATTENTION,
    scale: 1,
    mask: bidirectional ? { kind: "none" } : { kind: "causal" },
    positions: {
      kind: "buckets",
      buckets: 8,
      maxDistance: 12,
      bidirectional,
      table: `${stack}.0.attn.rel_bias`,
    },
  };
}

function cross(): AttentionSpec {
  return { ...ATTENTION, mask: { kind: "none" } };
}
