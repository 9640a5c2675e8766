import type { Kernels } from "../../../src/engine/kernels/kernels";
import type { Contender } from "./measure";
import { onnxModel } from "./onnx";

/** How many products one call of a peer does, so that its cost per call does not hide its arithmetic. */
export const BATCH = 16;

export interface Product {
  readonly rows: number;
  readonly inDim: number;
  readonly outDim: number;
}

export const PRODUCTS: readonly Product[] = [
  { rows: 32, inDim: 256, outDim: 1024 },
  { rows: 32, inDim: 256, outDim: 256 },
  { rows: 128, inDim: 256, outDim: 1024 },
  { rows: 32, inDim: 768, outDim: 3072 },
];

/** Billions of multiplications and additions per second. */
export function gigaflops({ rows, inDim, outDim }: Product, ms: number): number {
  return (2 * rows * inDim * outDim * BATCH) / ms / 1e6;
}

function filled(length: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, (_, i) => ((i * 7919) % 1000) / 1000 - 0.5);
}

/** Our kernels on one product, BATCH times. */
export function ours(kernels: Kernels, { rows, inDim, outDim }: Product): Contender {
  const matrix = kernels.pack(filled(inDim * outDim), inDim, outDim, "in_out");
  const x = kernels.keep(filled(rows * inDim));
  const out = kernels.keep(new Float32Array(rows * outDim));
  return {
    name: `sightline ${kernels.name}`,
    once: () => {
      for (let i = 0; i < BATCH; i++) kernels.linear(out, x, rows, matrix, null);
    },
  };
}

/** The triple loop that in-browser explainers use. */
export function naive({ rows, inDim, outDim }: Product): Contender {
  const [x, w, out] = [filled(rows * inDim), filled(inDim * outDim), new Float32Array(rows * outDim)];
  return {
    name: "naive loop",
    once: () => {
      for (let n = 0; n < BATCH; n++)
        for (let r = 0; r < rows; r++)
          for (let o = 0; o < outDim; o++) {
            let sum = 0;
            for (let i = 0; i < inDim; i++) sum += (x[r * inDim + i] ?? 0) * (w[i * outDim + o] ?? 0);
            out[r * outDim + o] = sum;
          }
    },
  };
}

type Ort = typeof import("onnxruntime-web");

export async function onnxruntime(ort: Ort, { rows, inDim, outDim }: Product): Promise<Contender> {
  const names = Array.from({ length: BATCH }, (_, i) => `${i}`);
  const bytes = onnxModel({
    nodes: names.map((n) => ({ op: "MatMul", inputs: [`x${n}`, "w"], output: `y${n}` })),
    constants: [{ name: "w", shape: [inDim, outDim], values: filled(inDim * outDim) }],
    inputs: names.map((n) => ({ name: `x${n}`, shape: [rows, inDim] })),
    outputs: names.map((n) => `y${n}`),
  });
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ["wasm"] });
  const feeds = Object.fromEntries(
    names.map((n) => [`x${n}`, new ort.Tensor("float32", filled(rows * inDim), [rows, inDim])]),
  );
  return {
    name: "onnxruntime-web",
    once: async () => {
      await session.run(feeds);
    },
  };
}

type Tf = typeof import("@tensorflow/tfjs-core");

export function tfjs(tf: Tf, { rows, inDim, outDim }: Product): Contender {
  const x = tf.tensor2d(filled(rows * inDim), [rows, inDim]);
  const w = tf.tensor2d(filled(inDim * outDim), [inDim, outDim]);
  return {
    name: "tfjs-wasm",
    once: () => {
      for (let i = 0; i < BATCH; i++) tf.dispose(tf.matMul(x, w));
    },
  };
}

type Jax = typeof import("@jax-js/jax");

export function jax({ numpy: np }: Jax, { rows, inDim, outDim }: Product): Contender {
  const x = np.array(filled(rows * inDim)).reshape([rows, inDim]);
  const w = np.array(filled(inDim * outDim)).reshape([inDim, outDim]);
  return {
    name: "jax-js",
    once: async () => {
      for (let i = 0; i < BATCH; i++) {
        const y = np.matmul(x.ref, w.ref);
        await y.blockUntilReady();
        y.dispose();
      }
    },
  };
}
