import relaxed from "../engine/kernels/wasm/relaxed.wasm?url";
import simd from "../engine/kernels/wasm/simd.wasm?url";
import { checkpointSource } from "../model/checkpoints";
import { failure } from "../model/errors";
import { loadModel as loadFiles, type ModelSource } from "../model/load";
import { shippedModel, shippedSource } from "../model/registry";
import { siblingSource } from "../model/siblings";
import { openKernels } from "./kernels";
import { type LoadModel, liveModel } from "./liveModel";

/** Loads files of the reader's own, or a shipped model from its folder below the page's address. */
export const loadModel: LoadModel = async (id, base, { files, ...listener }) => {
  const source = files === null ? shippedIn(id, base) : ({ kind: "files", id, files } as const);
  const loaded = await loadFiles(source, listener);
  return liveModel(loaded, await openKernels(fetchKernels));
};

function shippedIn(id: string, base: string): ModelSource {
  const folder = new URL(".", base).href;
  const beside = checkpointSource(id, folder) ?? siblingSource(id, folder);
  if (beside !== null) return beside;
  const shipped = shippedModel(id);
  if (shipped === null) throw failure("missingFile", { file: "config.json", folder: id });
  return shippedSource(shipped, folder);
}

async function fetchKernels() {
  const [relaxedBytes, simdBytes] = await Promise.all([relaxed, simd].map(bytesAt));
  if (relaxedBytes === undefined || simdBytes === undefined) throw new Error("no kernels");
  return { relaxed: relaxedBytes, simd: simdBytes };
}

async function bytesAt(url: string): Promise<ArrayBuffer> {
  const response = await fetch(new URL(url, import.meta.url));
  return response.arrayBuffer();
}
