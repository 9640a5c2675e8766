import type { BlockSpec, ModelSpec } from "../../../src/engine/spec";
import { type WeightSource, weightNames } from "../../../src/engine/weights";
import { type OnnxNode, type OnnxTensor, onnxModel } from "./onnx";

/** The shape of a decoder-only model of the GPT-2 layout. */
export interface DecoderShape {
  readonly name: string;
  readonly layers: number;
  readonly heads: number;
  readonly dModel: number;
  readonly vocab: number;
}

export const SMALL: DecoderShape = {
  name: "4 layers × d 256",
  layers: 4,
  heads: 8,
  dModel: 256,
  vocab: 4096,
};
export const GPT2: DecoderShape = {
  name: "GPT-2 small shape",
  layers: 12,
  heads: 12,
  dModel: 768,
  vocab: 50257,
};

/** The sites that the ONNX file gives out; a full trace of ours holds more. */
export const SAME_OUTPUTS = [
  "hook_full_embed",
  "*.ln1.hook_out",
  "*.ln2.hook_out",
  "*.attn.hook_q",
  "*.attn.hook_k",
  "*.attn.hook_v",
  "*.attn.step_dot",
  "*.attn.step_scaled",
  "*.attn.hook_attn_scores",
  "*.attn.hook_pattern",
  "*.attn.hook_z",
  "*.hook_attn_out",
  "*.hook_resid_mid",
  "*.mlp.hook_pre",
  "*.mlp.hook_post",
  "*.hook_mlp_out",
  "*.hook_resid_post",
  "ln_final.hook_out",
];

const CONTEXT = 512;
export const EPS = 1e-5;

/** The model as our engine's spec. */
export function specOf({ layers, heads, dModel, vocab }: DecoderShape): ModelSpec {
  const dHead = dModel / heads;
  const block = (weightsOf: number): BlockSpec => ({
    norm: { kind: "layer", eps: EPS },
    place: "pre",
    parallel: false,
    residual: true,
    attn: {
      nHeads: heads,
      nKvHeads: heads,
      dHead,
      scale: 1 / Math.sqrt(dHead),
      positions: { kind: "none" },
      mask: { kind: "causal" },
      maskValue: Number.NEGATIVE_INFINITY,
      score: { kind: "dot" },
      normaliser: { kind: "softmax", temperature: 1 },
    },
    cross: null,
    mlp: { dMlp: 4 * dModel, activation: "gelu_tanh", gated: false },
    weightsOf,
  });
  return {
    family: "gpt2",
    context: CONTEXT,
    stacks: [
      {
        name: "blocks",
        dModel,
        embed: {
          kind: "tokens",
          vocab,
          width: dModel,
          scale: 1,
          positions: { kind: "learned", offset: 0, length: CONTEXT, skipId: null },
          types: 0,
          norm: null,
          projection: false,
        },
        layers: Array.from({ length: layers }, (_, l) => block(l)),
        finalNorm: { kind: "layer", eps: EPS },
      },
    ],
    heads: [{ kind: "lm", transform: null, scale: 1 }],
    ids: { bos: null, eos: null, pad: null, mask: null, cls: null, sep: null, decoderStart: null },
  };
}

/** The same seeded weights for every contender, made when they are asked for. */
export function randomWeights(spec: ModelSpec): WeightSource {
  const needs = new Map(weightNames(spec).map((need) => [need.name, need.shape]));
  return {
    has: (name) => needs.has(name),
    shape: (name) => needs.get(name) ?? null,
    alias: () => null,
    read: (name) => {
      const shape = needs.get(name) ?? [];
      const length = shape.reduce((a, b) => a * b, 1);
      let state = [...name].reduce((a, c) => Math.imul(a, 31) + c.charCodeAt(0), 7) | 1;
      const values = Float32Array.from({ length }, () => {
        state = (Math.imul(state, 1103515245) + 12345) | 0;
        return ((state >>> 8) / 2 ** 24 - 0.5) * 0.08;
      });
      return { values: name.endsWith(".w") ? values.map((v) => 1 + v) : values, shape, layout: "in_out" };
    },
  };
}

/**
 * The model as an ONNX file whose outputs are the sites of our trace (or the logits alone), for `positions` tokens.
 * The operators are the fused ones where ONNX has them: LayerNormalization, Softmax, Gelu.
 */
export function onnxDecoder(shape: DecoderShape, positions: number, trace: boolean): Uint8Array {
  const { layers, heads, dModel } = shape;
  const dHead = dModel / heads;
  const spec = specOf(shape);
  const source = randomWeights(spec);
  const nodes: OnnxNode[] = [];
  const outputs: string[] = [];
  const node = (
    op: string,
    inputs: readonly string[],
    output: string,
    attributes?: OnnxNode["attributes"],
  ) => {
    nodes.push({ op, inputs, output, ...(attributes && { attributes }) });
    return output;
  };
  const keep = (name: string) => {
    if (trace) outputs.push(name);
    return name;
  };
  const linear = (x: string, w: string, b: string, out: string) =>
    node("Add", [node("MatMul", [x, w], `${out}_product`), b], out);
  const norm = (x: string, ln: string) =>
    keep(
      node("LayerNormalization", [x, `${ln}.w`, `${ln}.b`], `${ln}.hook_out`, {
        axis: -1,
        epsilon: { float: EPS },
      }),
    );
  const split = (x: string, order: readonly number[], out: string) =>
    keep(node("Transpose", [node("Reshape", [x, "split_shape"], `${out}_split`)], out, { perm: order }));

  node("Gather", ["embed.W_E", "ids"], "hook_embed");
  let x = keep(node("Add", ["hook_embed", "positions"], "hook_full_embed"));
  for (let l = 0; l < layers; l++) {
    const at = (name: string) => `blocks.${l}.${name}`;
    const weight = (name: string) => at(`attn.${name}`);
    const n1 = norm(x, at("ln1"));
    const q = split(linear(n1, weight("W_Q"), weight("b_Q"), at("q")), [1, 0, 2], at("hook_q"));
    const kT = split(linear(n1, weight("W_K"), weight("b_K"), at("k")), [1, 2, 0], at("hook_k"));
    const v = split(linear(n1, weight("W_V"), weight("b_V"), at("v")), [1, 0, 2], at("hook_v"));
    const dot = keep(node("MatMul", [q, kT], at("step_dot")));
    const scaled = keep(node("Mul", [dot, "scale"], at("step_scaled")));
    const scores = keep(node("Add", [scaled, "mask"], at("hook_attn_scores")));
    const pattern = keep(node("Softmax", [scores], at("hook_pattern"), { axis: -1 }));
    const z = keep(node("MatMul", [pattern, v], at("hook_z")));
    const joined = node(
      "Reshape",
      [node("Transpose", [z], at("z_rows"), { perm: [1, 0, 2] }), "join_shape"],
      at("z_joined"),
    );
    const attnOut = keep(linear(joined, weight("W_O"), weight("b_O"), at("hook_attn_out")));
    const mid = keep(node("Add", [x, attnOut], at("hook_resid_mid")));
    const pre = keep(linear(norm(mid, at("ln2")), at("mlp.W_in"), at("mlp.b_in"), at("mlp.hook_pre")));
    const post = keep(node("Gelu", [pre], at("mlp.hook_post"), { approximate: "tanh" }));
    const mlpOut = keep(linear(post, at("mlp.W_out"), at("mlp.b_out"), at("hook_mlp_out")));
    x = keep(node("Add", [mid, mlpOut], at("hook_resid_post")));
  }
  outputs.push(linear(norm(x, "ln_final"), "unembed.W_U", "unembed.b_U", "logits"));

  const constant = (name: string, values: Float32Array, ...dims: number[]): OnnxTensor => ({
    name,
    shape: dims,
    values,
  });
  const mask = Float32Array.from({ length: positions * positions }, (_, i) =>
    i % positions > Math.floor(i / positions) ? Number.NEGATIVE_INFINITY : 0,
  );
  const constants: OnnxTensor[] = [
    ...weightNames(spec)
      .filter(({ name }) => name !== "pos_embed.W_pos")
      .map(({ name, shape: dims }) => constant(name, source.read(name).values, ...dims)),
    constant(
      "positions",
      source.read("pos_embed.W_pos").values.slice(0, positions * dModel),
      positions,
      dModel,
    ),
    constant("mask", mask, positions, positions),
    constant("scale", Float32Array.of(1 / Math.sqrt(dHead))),
    {
      name: "split_shape",
      shape: [3],
      values: BigInt64Array.of(BigInt(positions), BigInt(heads), BigInt(dHead)),
    },
    { name: "join_shape", shape: [2], values: BigInt64Array.of(BigInt(positions), BigInt(dModel)) },
  ];
  return onnxModel({
    nodes,
    constants,
    inputs: [{ name: "ids", shape: [positions], integers: true }],
    outputs,
  });
}
