import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { nodeFolder } from "../../../src/cli/nodeFolder";
import { createPlainKernels } from "../../../src/engine/kernels/plain";
import { createWasmKernels } from "../../../src/engine/kernels/wasm";
import { loadFolder } from "../../../src/model/load";
import { SHIPPED_MODELS } from "../../../src/model/registry";
import type { Row } from "./report";
import { type Machine, type Part, suite } from "./suite";

/** The bench in this Node, with peers as it has them. */
export async function nodeBench(
  root: string,
  folder: string,
  peers: Pick<Machine, "ort" | "tf" | "jax">,
  only: Part,
  progress: (line: string) => void,
): Promise<readonly Row[]> {
  const read = (name: string) => new Uint8Array(readFileSync(`${folder}/${name}.wasm`));
  const [first] = SHIPPED_MODELS;
  if (first === undefined) throw new Error("no model ships");
  const [simd, relaxed] = [read("simd"), read("relaxed")];
  if (!WebAssembly.validate(relaxed)) setFlagsFromString("--experimental-wasm-relaxed-simd");
  const { instance } = await WebAssembly.instantiate(read("ceiling"), { env: { abort: () => {} } });
  return suite({
    kernels: [
      () => createWasmKernels("relaxed", relaxed),
      () => createWasmKernels("simd", simd),
      createPlainKernels,
    ],
    fmas: instance.exports.fmas as (steps: number) => number,
    ...peers,
    only,
    firstModel: () => loadFolder(first.id, nodeFolder(`${root}/public/${first.path}`), {}),
    progress,
  });
}
