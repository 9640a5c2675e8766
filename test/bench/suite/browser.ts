import * as jax from "@jax-js/jax";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import * as ort from "onnxruntime-web/wasm";
import { createPlainKernels } from "../../../src/engine/kernels/plain";
import { createWasmKernels } from "../../../src/engine/kernels/wasm";
import { loadModel } from "../../../src/model/load";
import { SHIPPED_MODELS, shippedSource } from "../../../src/model/registry";
import type { Row } from "./report";
import { type Part, suite } from "./suite";

declare global {
  interface Window {
    bench: (only: Part) => Promise<readonly Row[]>;
  }
}

const bytes = async (path: string) => new Uint8Array(await (await fetch(path)).arrayBuffer());

window.bench = async (only) => {
  const [simd, relaxed, ceiling] = await Promise.all(
    ["simd.wasm", "relaxed.wasm", "ceiling.wasm"].map(bytes),
  );
  if (!simd || !relaxed || !ceiling) throw new Error("the kernels were not served");
  const [first] = SHIPPED_MODELS;
  if (first === undefined) throw new Error("no model ships");
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = new URL("ort/", location.href).href;
  setWasmPaths(new URL("tfjs/", location.href).href);
  setThreadsCount(1);
  await tf.setBackend("wasm");
  await tf.ready();
  await jax.init("wasm");
  jax.defaultDevice("wasm");
  const { instance } = await WebAssembly.instantiate(ceiling, { env: { abort: () => {} } });
  return suite({
    kernels: [
      () => createWasmKernels("relaxed", relaxed),
      () => createWasmKernels("simd", simd),
      createPlainKernels,
    ],
    fmas: instance.exports.fmas as (steps: number) => number,
    ort,
    tf,
    jax,
    only,
    firstModel: () => loadModel(shippedSource(first, location.href), {}),
    progress: (line) => console.info(line),
  });
};
