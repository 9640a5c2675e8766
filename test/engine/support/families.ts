import type { ModelSpec } from "../../../src/engine/spec";
import type { RunInput } from "../../../src/engine/trace";
import {
  attentionSpec,
  blockSpec,
  encoderSpec,
  layerNorm,
  layers,
  mlpSpec,
  modelSpec,
  seq2seqSpec,
  stackSpec,
  tokenEmbed,
} from "./specs";

interface Family {
  readonly spec: ModelSpec;
  readonly input: RunInput;
  /** Positions of each stack. */
  readonly lengths: readonly number[];
}

const open = attentionSpec({ mask: { kind: "none" } });

/** Rotary positions, grouped queries, a gated MLP and RMSNorm. */
const rotary: ModelSpec = modelSpec({
  stacks: [
    stackSpec({
      embed: tokenEmbed({ positions: { kind: "none" } }),
      layers: layers(
        ...[0, 1].map(() =>
          blockSpec({
            norm: { kind: "rms", eps: 1e-6 },
            attn: attentionSpec({
              nHeads: 4,
              nKvHeads: 2,
              positions: {
                kind: "rotary",
                dims: 4,
                layout: "halves",
                inverseFrequencies: [1, 0.1],
                factor: 1,
              },
              mask: { kind: "window", size: 3, causal: true },
            }),
            mlp: mlpSpec({ activation: "silu", gated: true }),
          }),
        ),
      ),
      finalNorm: { kind: "rms", eps: 1e-6 },
    }),
  ],
});

/** Attention and MLP in parallel, a quarter of the head rotated. */
const parallel: ModelSpec = modelSpec({
  stacks: [
    stackSpec({
      embed: tokenEmbed({ positions: { kind: "none" } }),
      layers: layers(
        ...[0, 1].map(() =>
          blockSpec({
            parallel: true,
            attn: attentionSpec({
              dHead: 8,
              positions: {
                kind: "rotary",
                dims: 2,
                layout: "interleaved",
                inverseFrequencies: [1],
                factor: 1,
              },
            }),
          }),
        ),
      ),
    }),
  ],
});

/** Relative buckets, no scale, pre-norm encoder and decoder with cross-attention. */
const buckets: ModelSpec = (() => {
  const norm = { kind: "rms", eps: 1e-6 } as const;
  const bias = (bidirectional: boolean) =>
    ({
      kind: "buckets",
      buckets: 8,
      maxDistance: 12,
      bidirectional,
      table: `${bidirectional ? "encoder" : "decoder"}.rel_bias`,
    }) as const;
  const embed = tokenEmbed({ positions: { kind: "none" } });
  const encoder = blockSpec({ norm, attn: { ...open, scale: 1, positions: bias(true) } });
  const decoder = blockSpec({
    norm,
    attn: attentionSpec({ scale: 1, positions: bias(false) }),
    cross: { ...open, scale: 1 },
  });
  return modelSpec({
    stacks: [
      { name: "encoder", dModel: 8, embed, layers: layers(encoder, encoder), finalNorm: norm },
      { name: "decoder", dModel: 8, embed, layers: layers(decoder, decoder), finalNorm: norm },
    ],
    heads: [{ kind: "lm", transform: null, scale: 8 ** -0.5 }],
  });
})();

/** Patches of an image and a classifier over the first position. */
const image: ModelSpec = modelSpec({
  stacks: [
    stackSpec({
      embed: {
        kind: "patches",
        channels: 2,
        height: 4,
        width: 6,
        patch: 2,
        positions: { kind: "learned", offset: 0, length: 7, skipId: null },
        norm: null,
      },
      layers: layers(blockSpec({ attn: open }), blockSpec({ attn: open })),
    }),
  ],
  heads: [{ kind: "sequence", pool: "first", hidden: null, labels: ["0", "1", "2"], site: "logits" }],
});

/** Shared layers, a factorised embedding and ALiBi. */
const shared: ModelSpec = modelSpec({
  stacks: [
    stackSpec({
      embed: tokenEmbed({ width: 5, projection: true, norm: layerNorm, types: 2 }),
      layers: [0, 1].map(() =>
        blockSpec({
          place: "post",
          attn: { ...open, positions: { kind: "alibi", slopes: [0.5, 0.25] } },
          weightsOf: 0,
        }),
      ),
      finalNorm: null,
    }),
  ],
  heads: [{ kind: "token", labels: ["none", "person", "place"] }],
});

/** No normalisation and no residual connections, and a decoder whose mask leaks a finite value. */
const bare: ModelSpec = modelSpec({
  stacks: [
    stackSpec({
      layers: layers(
        ...[0, 1].map(() =>
          blockSpec({ norm: null, residual: false, attn: attentionSpec({ maskValue: -4 }) }),
        ),
      ),
      finalNorm: null,
    }),
  ],
});

const ids = [1, 2, 3, 2, 0];

/** One small model per corner of the spec, with an input for it. */
export const families = {
  "decoder-only": { spec: modelSpec(), input: { ids }, lengths: [5] },
  encoder: { spec: encoderSpec(), input: { ids, attentionMask: [1, 1, 1, 1, 0] }, lengths: [5] },
  "encoder–decoder": { spec: seq2seqSpec(), input: { ids, decoderIds: [0, 4, 9] }, lengths: [5, 3] },
  "rotary, grouped, gated": { spec: rotary, input: { ids }, lengths: [5] },
  parallel: { spec: parallel, input: { ids }, lengths: [5] },
  buckets: {
    spec: buckets,
    input: { ids, attentionMask: [1, 1, 1, 0, 0], decoderIds: [0, 4, 9] },
    lengths: [5, 3],
  },
  image: {
    spec: image,
    input: { ids: [], image: Float32Array.from({ length: 48 }, (_, n) => Math.sin(n)) },
    lengths: [7],
  },
  shared: { spec: shared, input: { ids, tokenTypeIds: [0, 0, 1, 1, 1] }, lengths: [5] },
  bare: { spec: bare, input: { ids }, lengths: [5] },
} satisfies Record<string, Family>;
