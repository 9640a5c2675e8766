import { weightNames } from "../../../src/engine/weights";
import { type DecoderShape, EPS, randomWeights, specOf } from "./decoder";
import type { Contender } from "./measure";

/** The operators of a peer that a pass is made of. An operator leaves what it is given as it is. */
interface Ops<T> {
  constant(values: Float32Array, shape: readonly number[]): T;
  /** Rows of a table [rows, width] → [ids, width] */
  rows(table: T, ids: T): T;
  /** The last two axes are multiplied: [.., n, m] · [.., m, p] → [.., n, p] */
  matmul(a: T, b: T): T;
  add(a: T, b: T): T;
  scale(x: T, by: number): T;
  norm(x: T, weight: T, bias: T): T;
  softmax(x: T): T;
  gelu(x: T): T;
  reshape(x: T, shape: readonly number[]): T;
  transpose(x: T, order: readonly number[]): T;
}

/** A model of the GPT-2 layout, its weights in a peer's hands. */
interface Model<T> {
  readonly shape: DecoderShape;
  readonly positions: number;
  weight(name: string): T;
}

function modelIn<T>(ops: Ops<T>, shape: DecoderShape, positions: number): Model<T> {
  const spec = specOf(shape);
  const source = randomWeights(spec);
  const held = new Map(
    weightNames(spec).map(({ name, shape: dims }) => {
      const { values } = source.read(name);
      return name === "pos_embed.W_pos"
        ? [name, ops.constant(values.slice(0, positions * shape.dModel), [positions, shape.dModel])]
        : [name, ops.constant(values, dims)];
    }),
  );
  const mask = Float32Array.from({ length: positions * positions }, (_, at) =>
    at % positions > Math.floor(at / positions) ? Number.NEGATIVE_INFINITY : 0,
  );
  held.set("mask", ops.constant(mask, [positions, positions]));
  return {
    shape,
    positions,
    weight: (name) => {
      const found = held.get(name);
      if (found === undefined) throw new Error(`no ${name}`);
      return found;
    },
  };
}

/** One pass; every site that the ONNX file gives out is kept, in its order, the logits last. [pos, d_vocab] */
function pass<T>(ops: Ops<T>, { shape, positions, weight }: Model<T>, ids: T): readonly T[] {
  const { layers, heads, dModel } = shape;
  const dHead = dModel / heads;
  const kept: T[] = [];
  const keep = (x: T) => {
    kept.push(x);
    return x;
  };
  const linear = (x: T, w: string, b: string) => ops.add(ops.matmul(x, weight(w)), weight(b));
  const norm = (x: T, name: string) => keep(ops.norm(x, weight(`${name}.w`), weight(`${name}.b`)));
  // [pos, d_model] → [head, pos, d_head]
  const split = (x: T) => ops.transpose(ops.reshape(x, [positions, heads, dHead]), [1, 0, 2]);

  let x = keep(ops.add(ops.rows(weight("embed.W_E"), ids), weight("pos_embed.W_pos")));
  for (let l = 0; l < layers; l++) {
    const at = (name: string) => `blocks.${l}.${name}`;
    const n1 = norm(x, at("ln1"));
    const [q, k, v] = ["Q", "K", "V"].map((of) =>
      keep(split(linear(n1, at(`attn.W_${of}`), at(`attn.b_${of}`)))),
    ) as [T, T, T];
    const dot = keep(ops.matmul(q, ops.transpose(k, [0, 2, 1])));
    const scaled = keep(ops.scale(dot, 1 / Math.sqrt(dHead)));
    const scores = keep(ops.add(scaled, weight("mask")));
    const pattern = keep(ops.softmax(scores));
    const z = keep(ops.matmul(pattern, v));
    // [head, pos, d_head] → [pos, d_model]
    const joined = ops.reshape(ops.transpose(z, [1, 0, 2]), [positions, dModel]);
    const mid = keep(ops.add(x, keep(linear(joined, at("attn.W_O"), at("attn.b_O")))));
    const pre = keep(linear(norm(mid, at("ln2")), at("mlp.W_in"), at("mlp.b_in")));
    const post = keep(ops.gelu(pre));
    x = keep(ops.add(mid, keep(linear(post, at("mlp.W_out"), at("mlp.b_out")))));
  }
  keep(linear(norm(x, "ln_final"), "unembed.W_U", "unembed.b_U"));
  return kept;
}

/** One peer: timed with its logits read, and with all of the kept sites read. */
export interface Peer {
  readonly contenders: readonly Contender[];
  /** What it computes. [pos · d_vocab] */
  logits(): Float32Array;
}

/** A peer whose `sites` are made anew at each call. */
function peer<T>(
  name: string,
  sites: () => readonly T[],
  read: (x: T) => ArrayLike<number>,
  drop: (x: T) => void,
): Peer {
  const once = (all: boolean) => {
    const made = sites();
    const values = made.map((each, at) => (all || at === made.length - 1 ? read(each) : null));
    for (const each of made) drop(each);
    return values;
  };
  return {
    contenders: [true, false].map((all) => ({
      name: `${name}, ${all ? "same outputs" : "logits only"}`,
      once: () => void once(all),
    })),
    logits: () => Float32Array.from(once(false).at(-1) ?? []),
  };
}

type Tf = typeof import("@tensorflow/tfjs-core");

/** TensorFlow.js: operators that it lacks are put together from those that it has. */
export function tfjsDecoder(tf: Tf, shape: DecoderShape, ids: readonly number[]): Peer {
  type T = import("@tensorflow/tfjs-core").Tensor;
  const root = Math.sqrt(2 / Math.PI);
  const ops: Ops<T> = {
    constant: (values, dims) => tf.tensor(values, [...dims]),
    rows: (table, at) => tf.gather(table, tf.cast(at, "int32")),
    matmul: (a, b) => tf.matMul(a, b),
    add: (a, b) => tf.add(a, b),
    scale: (x, by) => tf.mul(x, by),
    norm: (x, weight, bias) => {
      const { mean, variance } = tf.moments(x, -1, true);
      const spread = tf.rsqrt(tf.add(variance, EPS));
      return tf.add(tf.mul(tf.mul(tf.sub(x, mean), spread), weight), bias);
    },
    softmax: (x) => tf.softmax(x),
    gelu: (x) => {
      const cubed = tf.mul(tf.mul(x, x), x);
      const inner = tf.tanh(tf.mul(tf.add(x, tf.mul(cubed, 0.044715)), root));
      return tf.mul(tf.mul(x, 0.5), tf.add(inner, 1));
    },
    reshape: (x, dims) => tf.reshape(x, [...dims]),
    transpose: (x, order) => tf.transpose(x, [...order]),
  };
  const model = modelIn(ops, shape, ids.length);
  const given = tf.tensor1d([...ids], "int32");
  return peer(
    "tfjs-wasm",
    () => tf.tidy(() => [...pass(ops, model, given)]),
    (x) => x.dataSync(),
    (x) => x.dispose(),
  );
}

type Jax = typeof import("@jax-js/jax");

/** jax-js, compiled as a whole. Its operators use up what they are given, so each is given a reference of its own. */
export function jaxDecoder({ jit, nn, numpy: np }: Jax, shape: DecoderShape, ids: readonly number[]): Peer {
  type T = import("@jax-js/jax").Array;
  const ops: Ops<T> = {
    constant: (values, dims) => np.array(values as Float32Array<ArrayBuffer>, { shape: [...dims] }),
    rows: (table, at) => np.take(table.ref, at.ref, 0),
    matmul: (a, b) => np.matmul(a.ref, b.ref),
    add: (a, b) => np.add(a.ref, b.ref),
    scale: (x, by) => np.multiply(x.ref, by),
    norm: (x, weight, bias) =>
      np.add(np.multiply(nn.standardize(x.ref, -1, { epsilon: EPS }), weight.ref), bias.ref),
    softmax: (x) => nn.softmax(x.ref, -1),
    gelu: (x) => nn.gelu(x.ref, { approximate: true }),
    reshape: (x, dims) => x.ref.reshape([...dims]),
    transpose: (x, order) => np.transpose(x.ref, [...order]),
  };
  const model = modelIn(ops, shape, ids.length);
  const given = np.array([...ids], { dtype: np.int32 });
  const compiled = jit((at: T) => [...pass(ops, model, at)]);
  return peer(
    "jax-js",
    () => compiled(given.ref),
    (x) => x.ref.dataSync(),
    (x) => x.dispose(),
  );
}
