import type {
  AttentionSpec,
  BlockSpec,
  EmbedSpec,
  MlpSpec,
  ModelSpec,
  NormSpec,
  StackSpec,
} from "../../../src/engine/spec";

export const layerNorm: NormSpec = { kind: "layer", eps: 1e-5 };

export function attentionSpec(changes: Partial<AttentionSpec> = {}): AttentionSpec {
  const dHead = changes.dHead ?? 4;
  return {
    nHeads: 2,
    nKvHeads: changes.nHeads ?? 2,
    dHead,
    scale: 1 / Math.sqrt(dHead),
    positions: { kind: "none" },
    mask: { kind: "causal" },
    maskValue: Number.NEGATIVE_INFINITY,
    score: { kind: "dot" },
    normaliser: { kind: "softmax", temperature: 1 },
    ...changes,
  };
}

export function mlpSpec(changes: Partial<MlpSpec> = {}): MlpSpec {
  return { dMlp: 12, activation: "gelu_tanh", gated: false, ...changes };
}

export function blockSpec(changes: Partial<BlockSpec> = {}): BlockSpec {
  return {
    norm: layerNorm,
    place: "pre",
    parallel: false,
    residual: true,
    attn: attentionSpec(),
    cross: null,
    mlp: mlpSpec(),
    weightsOf: 0,
    ...changes,
  };
}

/** Layers that own their weights, one per block given. */
export function layers(...blocks: readonly BlockSpec[]): readonly BlockSpec[] {
  return blocks.map((block, weightsOf) => ({ ...block, weightsOf }));
}

export function tokenEmbed(
  changes: Partial<Extract<EmbedSpec, { kind: "tokens" }>> = {},
): Extract<EmbedSpec, { kind: "tokens" }> {
  return {
    kind: "tokens",
    vocab: 11,
    width: 8,
    scale: 1,
    positions: { kind: "learned", offset: 0, length: 16, skipId: null },
    types: 0,
    norm: null,
    projection: false,
    ...changes,
  };
}

export function stackSpec(changes: Partial<StackSpec> = {}): StackSpec {
  return {
    name: "blocks",
    dModel: 8,
    embed: tokenEmbed(),
    layers: layers(blockSpec(), blockSpec()),
    finalNorm: layerNorm,
    ...changes,
  };
}

const noIds = { bos: null, eos: null, pad: null, mask: null, cls: null, sep: null, decoderStart: null };

/** A decoder-only model of two layers unless changed. */
export function modelSpec(changes: Partial<ModelSpec> = {}): ModelSpec {
  return {
    family: "test",
    context: 16,
    stacks: [stackSpec()],
    heads: [{ kind: "lm", transform: null, scale: 1 }],
    ids: noIds,
    ...changes,
  };
}

/** A post-norm encoder and decoder with cross-attention, sinusoidal positions. */
export function seq2seqSpec(): ModelSpec {
  const open = attentionSpec({ mask: { kind: "none" } });
  const embed = tokenEmbed({
    scale: Math.sqrt(8),
    positions: { kind: "sinusoidal", layout: "halves", base: 10_000 },
  });
  const encoder = blockSpec({ place: "post", attn: open });
  const decoder = blockSpec({ place: "post", cross: open });
  return modelSpec({
    stacks: [
      { name: "encoder", dModel: 8, embed, layers: layers(encoder, encoder), finalNorm: null },
      { name: "decoder", dModel: 8, embed, layers: layers(decoder, decoder), finalNorm: null },
    ],
  });
}

/** A bidirectional post-norm encoder with token types and a masked-LM head. */
export function encoderSpec(): ModelSpec {
  const block = blockSpec({
    place: "post",
    attn: attentionSpec({ mask: { kind: "none" } }),
    mlp: mlpSpec({ activation: "gelu" }),
  });
  return modelSpec({
    stacks: [
      stackSpec({
        embed: tokenEmbed({ types: 2, norm: layerNorm }),
        layers: layers(block, block),
        finalNorm: null,
      }),
    ],
    heads: [
      { kind: "lm", transform: { width: 8, activation: "gelu", norm: layerNorm }, scale: 1 },
      {
        kind: "sequence",
        pool: "first",
        hidden: { activation: "tanh" },
        labels: ["next", "not next"],
        site: "nsp_logits",
      },
    ],
  });
}
