import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import type { Kernels } from "../../../src/engine/kernels/kernels";
import { createPlainKernels } from "../../../src/engine/kernels/plain";
import { createWasmKernels, type KernelBytes } from "../../../src/engine/kernels/wasm";

const read = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../src/engine/kernels/wasm/${name}.wasm`, import.meta.url)));

/** The committed builds. */
export const kernelBytes = { relaxed: read("relaxed"), simd: read("simd") } satisfies KernelBytes;

// Node 20 knows relaxed SIMD behind a flag only; later versions have it and ignore this.
if (!WebAssembly.validate(kernelBytes.relaxed)) setFlagsFromString("--experimental-wasm-relaxed-simd");

/** The three backends. */
export const backends: readonly { readonly name: string; readonly create: () => Kernels }[] = [
  { name: "plain", create: createPlainKernels },
  { name: "simd", create: () => createWasmKernels("simd", kernelBytes.simd) },
  { name: "relaxed", create: () => createWasmKernels("relaxed", kernelBytes.relaxed) },
];
