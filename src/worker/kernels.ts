import type { Kernels } from "../engine/kernels/kernels";
import { createPlainKernels } from "../engine/kernels/plain";
import { bestBuild, createWasmKernels, type KernelBytes } from "../engine/kernels/wasm";

/** The fastest kernels that this machine runs, each model its own; the plain ones where WebAssembly is refused. */
export async function openKernels(fetchBytes: () => Promise<KernelBytes>): Promise<Kernels> {
  try {
    const bytes = await fetchBytes();
    const build = bestBuild(bytes);
    if (build !== null) return createWasmKernels(build, bytes[build]);
  } catch {
    // A policy may forbid WebAssembly, and the files may be out of reach: the plain kernels give the same numbers.
  }
  return createPlainKernels();
}
