/** Compiles one build of the kernels and returns its bytes. */
export function buildKernel(name: "simd" | "relaxed"): Promise<Uint8Array>;
