/**
 * The part of the WebAssembly interface that the kernels use. The engine is compiled without the DOM library, where
 * TypeScript keeps these types, so that `document` is an error here.
 */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

export type WasmBytes = ArrayBuffer | Uint8Array<ArrayBuffer>;

interface WasmApi {
  readonly Memory: new (descriptor: { initial: number }) => WasmMemory;
  readonly Module: new (bytes: WasmBytes) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  validate(bytes: WasmBytes): boolean;
}

/** The machine's WebAssembly, or null where there is none (or a policy takes it away). */
export function webAssembly(): WasmApi | null {
  return (globalThis as { readonly WebAssembly?: WasmApi }).WebAssembly ?? null;
}
