import type {
  Activation,
  AttentionPositions,
  AttentionSpec,
  BlockSpec,
  EmbedSpec,
  HeadSpec,
  MaskSpec,
  ModelSpec,
  SpecialIds,
} from "../../engine/spec";
import type { Config } from "../config";
import { failure } from "../errors";
import type { WeightMap } from "../weightMap";

/** What an architecture class puts on top of its base model. */
export type HeadName = "lm" | "sequence" | "token" | "nextSentence";

/** One family of models: how its config.json reads as a spec, and where its weights lie. */
export interface Family {
  /** Values of model_type. */
  readonly modelTypes: readonly string[];
  /** Architecture classes and their heads; the first is meant where a config names none. */
  readonly architectures: Readonly<Record<string, readonly HeadName[]>>;
  /** Fails with badConfig or unsupportedFeature. */
  toSpec(config: Config): ModelSpec;
  weightMap(spec: ModelSpec, config: Config): WeightMap;
  /** Tensors that files of this family hold beside the weights: buffers, and heads that are not read. */
  readonly ignored: readonly RegExp[];
}

/** The heads of the config's architecture class, built by `make`. */
export function headsOf(
  config: Config,
  architectures: Family["architectures"],
  make: Partial<Record<HeadName, () => HeadSpec>>,
): readonly HeadSpec[] {
  return headNames(config, architectures).flatMap((name) => make[name]?.() ?? []);
}

/** Which heads the config's architecture class has. Fails with unknownArchitecture. */
export function headNames(config: Config, architectures: Family["architectures"]): readonly HeadName[] {
  const known = Object.keys(architectures);
  const name = config.strings("architectures")?.[0] ?? known[0] ?? "";
  const heads = Object.hasOwn(architectures, name) ? architectures[name] : undefined;
  if (heads === undefined) throw failure("unknownArchitecture", { got: name, known });
  return heads;
}

/** The plain language-model head: one matrix, and perhaps a bias. */
export const PLAIN_LM: HeadSpec = { kind: "lm", transform: null, scale: 1 };

/** A softmax attention by dot product; masked cells score −∞. */
export function attention(parts: {
  nHeads: number;
  nKvHeads?: number;
  dHead: number;
  scale?: number;
  mask: MaskSpec;
  positions?: AttentionPositions;
}): AttentionSpec {
  return {
    nHeads: parts.nHeads,
    nKvHeads: parts.nKvHeads ?? parts.nHeads,
    dHead: parts.dHead,
    scale: parts.scale ?? 1 / Math.sqrt(parts.dHead),
    positions: parts.positions ?? { kind: "none" },
    mask: parts.mask,
    maskValue: Number.NEGATIVE_INFINITY,
    score: { kind: "dot" },
    normaliser: { kind: "softmax", temperature: 1 },
  };
}

/** Width of one head where heads share the width evenly. Fails with badConfig where they cannot. */
export function evenHead(width: number, heads: number, widthKey: string, headsKey: string): number {
  if (width % heads !== 0) {
    throw failure("badConfig", {
      key: widthKey,
      value: String(width),
      expected: `a multiple of ${headsKey} = ${heads}`,
    });
  }
  return width / heads;
}

/** The special ids that a config states; a tokenizer may add the others. */
export function specialIds(config: Config, defaults: Partial<SpecialIds> = {}): SpecialIds {
  return {
    bos: config.id("bos_token_id", defaults.bos ?? null),
    eos: config.id("eos_token_id", defaults.eos ?? null),
    pad: config.id("pad_token_id", defaults.pad ?? null),
    mask: config.id("mask_token_id", defaults.mask ?? null),
    cls: config.id("cls_token_id", defaults.cls ?? null),
    sep: config.id("sep_token_id", defaults.sep ?? null),
    decoderStart: config.id("decoder_start_token_id", defaults.decoderStart ?? null),
  };
}

/** Fails unless the attention of the base model is the plain one: no decoder mode, no added cross-attention, no pruning. */
export function plainBase(config: Config): void {
  config.only("is_decoder", false);
  config.only("add_cross_attention", false);
  noPruning(config);
}

/** Fails with unsupportedFeature when heads were pruned away. */
export function noPruning(config: Config): void {
  const pruned = config.object("pruned_heads");
  if (pruned !== null && Object.keys(pruned.json).length > 0) {
    throw failure("unsupportedFeature", {
      key: "pruned_heads",
      value: JSON.stringify(pruned.json).slice(0, 80),
      supported: "all heads present",
    });
  }
}

/** How a stack of tokens begins, with what most models leave out. */
export function tokenEmbed(
  parts: Pick<TokenEmbed, "vocab" | "width" | "positions"> & Partial<TokenEmbed>,
): TokenEmbed {
  return { kind: "tokens", scale: 1, types: 0, norm: null, projection: false, ...parts };
}

type TokenEmbed = Extract<EmbedSpec, { kind: "tokens" }>;

/** A serial block with residuals that owns its weights, with what most models leave out. */
export function blockOf(
  layer: number,
  parts: Pick<BlockSpec, "norm" | "place" | "attn" | "mlp"> & Partial<BlockSpec>,
): BlockSpec {
  return { parallel: false, residual: true, cross: null, weightsOf: layer, ...parts };
}

/** The blocks of a stack, by layer. */
export function layersOf(count: number, block: (layer: number) => BlockSpec): readonly BlockSpec[] {
  return Array.from({ length: count }, (_, layer) => block(layer));
}

/** A classifier of the whole input, read from one position. */
export function sequenceHead(
  labels: readonly string[],
  pool: "first" | "last",
  hidden: Activation | null,
): HeadSpec {
  return {
    kind: "sequence",
    pool,
    hidden: hidden === null ? null : { activation: hidden },
    labels,
    site: "logits",
  };
}

/** The blocks of a one-stack model. */
export function onlyLayers(spec: ModelSpec): readonly BlockSpec[] {
  return spec.stacks[0]?.layers ?? [];
}
