import relaxed from "../engine/kernels/wasm/relaxed.wasm?url";
import simd from "../engine/kernels/wasm/simd.wasm?url";
import { loadModel as loadFiles } from "../model/load";
import { sourceOf } from "../model/sourceOf";
import { openKernels } from "./kernels";
import { type LoadModel, liveModelOf } from "./liveModel";
import { packed } from "./packed";

/** Loads files of the reader's own, or a shipped model from its folder below the page's address. */
export const loadModel: LoadModel = async (id, base, { files, ...listener }) => {
  const source = files === null ? sourceOf(id, base) : ({ kind: "files", id, files } as const);
  const kernels = openKernels(fetchKernels);
  const loaded = await loadFiles(source, listener);
  return liveModelOf(loaded, await packed(loaded, await kernels, listener));
};

async function fetchKernels() {
  const [relaxedBytes, simdBytes] = await Promise.all([relaxed, simd].map(bytesAt));
  if (relaxedBytes === undefined || simdBytes === undefined) throw new Error("no kernels");
  return { relaxed: relaxedBytes, simd: simdBytes };
}

async function bytesAt(url: string): Promise<ArrayBuffer> {
  const response = await fetch(new URL(url, import.meta.url));
  return response.arrayBuffer();
}
