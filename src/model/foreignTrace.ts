import type { BlockSpec, MaskSpec, ModelSpec, StackName } from "../engine/spec";
import type { Tensor } from "../engine/tensor";
import type { Token, Trace } from "../engine/trace";
import { failure } from "./errors";
import type { TensorFile } from "./safetensors";

/** The three attentions of a transformer, and what transformers and others call their patterns. */
const PLACES = [
  {
    stack: "decoder",
    part: "cross_attn",
    name: /^(?:decoder\.(\d+)\.cross_attn\.hook_pattern|cross_attentions?(?:[._](\d+))?)$/,
  },
  {
    stack: "encoder",
    part: "attn",
    name: /^(?:encoder\.(\d+)\.attn\.hook_pattern|encoder_attentions?(?:[._](\d+))?)$/,
  },
  {
    stack: "decoder",
    part: "attn",
    name: /^(?:decoder\.(\d+)\.attn\.hook_pattern|decoder_attentions?(?:[._](\d+))?)$/,
  },
  {
    stack: "blocks",
    part: "attn",
    name: /^(?:blocks\.(\d+)\.attn\.hook_pattern|(?:layers?[._]?)?(\d+)|(?:attentions?|attns?|patterns?|layers?)(?:[._](\d+))?)$/,
  },
] as const;

interface Pattern {
  readonly stack: StackName;
  readonly part: "attn" | "cross_attn";
  readonly layer: number;
  readonly tensor: Tensor;
}

/**
 * A trace of nothing but attention patterns, as a few lines of Python write it: tensors [head, query, key], one per layer
 * (`attentions.0`, `blocks.0.attn.hook_pattern`, `0` …), or one [layer, head, query, key] named `attentions`; for
 * encoder–decoder models `encoder_attentions`, `decoder_attentions`, `cross_attentions`. Leading axes of length 1
 * (the batch) are dropped. Metadata `tokens` and `decoder_tokens`: JSON arrays of strings. Fails with badTrace.
 */
export function patternsTrace(file: TensorFile): Trace {
  const patterns = [...file.tensors.values()].flatMap(({ name, shape }) => patternsOf(file, name, shape));
  const bad = (reason: string) => failure("badTrace", { file: file.file, reason });
  if (patterns.length === 0) {
    throw bad("it holds no attention patterns [head, query, key] under a known name, such as attentions.0");
  }
  const two = patterns.some(({ stack }) => stack !== "blocks");
  const [first, second]: [StackName, StackName] = two ? ["encoder", "decoder"] : ["blocks", "blocks"];
  const tokens = tokensFor(
    file,
    "tokens",
    two ? keysOf(patterns, "encoder", "decoder") : keysOf(patterns, "blocks"),
  );
  const decoderTokens = two ? tokensFor(file, "decoder_tokens", queriesOf(patterns)) : null;
  for (const { layer, stack, part, tensor } of patterns) {
    const queries = stack === "decoder" ? (decoderTokens ?? tokens) : tokens;
    const keys = stack === "decoder" && part === "attn" ? (decoderTokens ?? tokens) : tokens;
    if (tensor.shape[1] !== queries.length || tensor.shape[2] !== keys.length) {
      throw bad(
        `${stack} layer ${layer} has the shape [${tensor.shape.join(", ")}], but there are ${queries.length} query and ${keys.length} key tokens`,
      );
    }
  }
  const names = two ? [first, second] : [first];
  const spec: ModelSpec = {
    family: "patterns",
    context: Math.max(tokens.length, decoderTokens?.length ?? 0),
    stacks: names.map((name) => stackSpec(name, patterns)),
    heads: [],
    ids: { bos: null, eos: null, pad: null, mask: null, cls: null, sep: null, decoderStart: null },
  };
  const sites = Object.fromEntries(
    patterns.map(({ stack, layer, part, tensor }) => [`${stack}.${layer}.${part}.hook_pattern`, tensor]),
  );
  return { modelId: file.file, spec, tokens, decoderTokens, sites };
}

/** The patterns that one tensor holds: one, or one per layer; none where its name says nothing. */
function patternsOf(file: TensorFile, name: string, stored: readonly number[]): readonly Pattern[] {
  for (const { stack, part, name: known } of PLACES) {
    const match = known.exec(name);
    if (match === null) continue;
    const layer = match.slice(1).find((group) => group !== undefined);
    const rank = layer === undefined ? 4 : 3;
    const batch = stored.slice(0, Math.max(0, stored.length - rank));
    const shape = stored.slice(batch.length);
    if (shape.length !== rank || batch.some((length) => length !== 1)) {
      const wanted = layer === undefined ? "[layer, head, query, key]" : "[head, query, key]";
      throw failure("badTrace", {
        file: file.file,
        reason: `${name} has the shape [${stored.join(", ")}], expected ${wanted}`,
      });
    }
    const values = file.read(name);
    checkPattern(file.file, name, values);
    const [heads = 0, queries = 0, keys = 0] = shape.slice(-3);
    const size = heads * queries * keys;
    const layers = layer === undefined ? (shape[0] ?? 0) : 1;
    return Array.from({ length: layers }, (_, index) => ({
      stack,
      part,
      layer: layer === undefined ? index : Number(layer),
      tensor: {
        data: values.slice(index * size, (index + 1) * size),
        shape: [heads, queries, keys],
        axes: ["head", "query_pos", "key_pos"] as const,
      },
    }));
  }
  return [];
}

function checkPattern(file: string, name: string, values: Float32Array): void {
  const index = values.findIndex((value) => !(value >= -1e-3 && value <= 1.001));
  if (index >= 0) {
    throw failure("badTrace", {
      file,
      reason: `${name} holds ${values[index]} at index ${index}: a pattern has numbers from 0 to 1`,
    });
  }
}

function keysOf(patterns: readonly Pattern[], stack: StackName, crossOf?: StackName): number {
  const own = patterns.find((pattern) => pattern.stack === stack);
  const cross = patterns.find((pattern) => pattern.stack === crossOf && pattern.part === "cross_attn");
  return own?.tensor.shape[2] ?? cross?.tensor.shape[2] ?? 0;
}

function queriesOf(patterns: readonly Pattern[]): number {
  return patterns.find(({ stack }) => stack === "decoder")?.tensor.shape[1] ?? 0;
}

/** The tokens that the metadata name, laid out as one text; their numbers where it names none. */
function tokensFor(file: TensorFile, key: string, count: number): readonly Token[] {
  const json = file.metadata[key];
  const texts =
    json === undefined ? Array.from({ length: count }, (_, i) => String(i)) : stringsOf(json, file, key);
  let start = 0;
  return texts.map((text, id) => {
    const token = { id, text, start, end: start + text.length, word: id, special: false };
    start = token.end;
    return token;
  });
}

function stringsOf(json: string, { file }: TensorFile, key: string): readonly string[] {
  const bad = failure("badTrace", { file, reason: `its metadata ${key} is not a JSON array of strings` });
  let list: unknown;
  try {
    list = JSON.parse(json);
  } catch {
    throw bad;
  }
  if (!Array.isArray(list) || !list.every((text) => typeof text === "string")) throw bad;
  return list;
}

/** What the patterns alone say of a stack; widths, which they do not say, are 0. */
function stackSpec(name: StackName, patterns: readonly Pattern[]): ModelSpec["stacks"][number] {
  const own = patterns.filter(({ stack }) => stack === name);
  const count = own.reduce((max, { layer }) => Math.max(max, layer + 1), 0);
  const at = (layer: number, part: Pattern["part"]) =>
    own.find((pattern) => pattern.layer === layer && pattern.part === part)?.tensor;
  const block = (layer: number): BlockSpec => {
    const cross = at(layer, "cross_attn");
    return {
      norm: null,
      place: "pre",
      parallel: false,
      residual: true,
      attn: attentionOf(at(layer, "attn")),
      cross: cross === undefined ? null : attentionOf(cross),
      mlp: { dMlp: 0, activation: "gelu", gated: false },
      weightsOf: layer,
    };
  };
  return {
    name,
    dModel: 0,
    embed: {
      kind: "tokens",
      vocab: 0,
      width: 0,
      scale: 1,
      positions: { kind: "none" },
      types: 0,
      norm: null,
      projection: false,
    },
    layers: Array.from({ length: count }, (_, layer) => block(layer)),
    finalNorm: null,
  };
}

function attentionOf(tensor: Tensor | undefined): BlockSpec["attn"] {
  const nHeads = tensor?.shape[0] ?? 0;
  return {
    nHeads,
    nKvHeads: nHeads,
    dHead: 0,
    scale: 1,
    positions: { kind: "none" },
    mask: tensor === undefined ? { kind: "none" } : maskOf(tensor),
    maskValue: Number.NEGATIVE_INFINITY,
    score: { kind: "dot" },
    normaliser: { kind: "softmax", temperature: 1 },
  };
}

/** Causal where nothing lies above the diagonal of a square pattern. */
function maskOf({ data, shape: [heads = 0, queries = 0, keys = 0] }: Tensor): MaskSpec {
  if (queries !== keys || queries < 2) return { kind: "none" };
  for (let h = 0; h < heads; h++) {
    for (let i = 0; i < queries; i++) {
      for (let j = i + 1; j < keys; j++) {
        if (data[(h * queries + i) * keys + j] !== 0) return { kind: "none" };
      }
    }
  }
  return { kind: "causal" };
}
