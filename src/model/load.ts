import type { ModelSpec, SpecialIds } from "../engine/spec";
import { sizeOf } from "../engine/tensor";
import type { WeightSource } from "../engine/weights";
import type { ByteSource } from "./byteSource";
import { failure } from "./errors";
import { readConfig } from "./families/registry";
import { filesFolder } from "./filesFolder";
import type { Listener, ModelFolder } from "./folder";
import { type Preprocessing, readPreprocessing } from "./image";
import { parseJsonObject } from "./json";
import { openSafetensors, type TensorFile } from "./safetensors";
import { readTokenizer, type Tokenizer } from "./tokenizer/tokenizer";
import { urlFolder } from "./urlFolder";
import { openWeights } from "./weightSource";

/** Which files a folder holds, where that is known; else they are looked for. */
export interface FolderFiles {
  readonly weights: string;
  /** Whether there is a tokenizer.json, or the path from the folder to another folder's. */
  readonly tokenizer: boolean | string;
}

/** A folder on a server. `url` ends in "/". */
export interface UrlSource {
  readonly kind: "url";
  readonly id: string;
  readonly url: string;
  readonly files?: FolderFiles;
}

/** Where a model comes from; survives structuredClone, so a worker can be told. */
export type ModelSource =
  | UrlSource
  | { readonly kind: "files"; readonly id: string; readonly files: readonly File[] };

export interface LoadedModel {
  readonly id: string;
  readonly spec: ModelSpec;
  readonly weights: WeightSource;
  /** null where the folder has no tokenizer.json: such a model takes ids. */
  readonly tokenizer: Tokenizer | null;
  /** Tensors of the files that nothing reads. */
  readonly extra: readonly string[];
  /** Number of trained numbers, each stored tensor counted once. */
  readonly parameters: number;
  /** How images are to be normalised; null for models of text. */
  readonly preprocessing: Preprocessing | null;
}

/** Loads a model folder. Every expected failure is a ModelError; a second call starts afresh. */
export function loadModel(source: ModelSource, listener: Listener = {}): Promise<LoadedModel> {
  return source.kind === "url"
    ? loadFolder(source.id, urlFolder(source.url), listener, source.files)
    : loadFolder(source.id, filesFolder(source.id, source.files), listener);
}

/** loadModel for any kind of folder. Fails when cancelled with `aborted`. */
export async function loadFolder(
  id: string,
  folder: ModelFolder,
  listener: Listener,
  files?: Partial<FolderFiles>,
): Promise<LoadedModel> {
  const others = Promise.all([
    files?.tokenizer === false ? null : folder.text(tokenizerFile(files), listener),
    openWeightFiles(folder, listener, files?.weights),
  ]);
  // What is wrong with the config is said first, whatever else is.
  others.catch(() => undefined);
  const configText = await folder.text("config.json", listener);
  if (configText === null) throw failure("missingFile", { file: "config.json", folder: folder.name });
  const { spec, map, ignored } = readConfig(parseJsonObject(configText, "config.json"));
  const [tokenizerText, tensorFiles] = await others;
  const tokenizer =
    tokenizerText === null ? null : readTokenizer(parseJsonObject(tokenizerText, "tokenizer.json"));
  if (listener.signal?.aborted) throw failure("aborted", {});
  const { source: weights, extra } = openWeights(spec, map, tensorFiles, ignored);
  const parameters = tensorFiles
    .flatMap(({ tensors }) => [...tensors.values()])
    .reduce((sum, { name, shape }) => (extra.includes(name) ? sum : sum + sizeOf(shape)), 0);
  const preprocessing = await preprocessingOf(spec, folder, listener);
  return {
    id,
    spec: withTokenizerIds(spec, tokenizer),
    weights,
    tokenizer,
    extra,
    parameters,
    preprocessing,
  };
}

function tokenizerFile(files: Partial<FolderFiles> | undefined): string {
  return typeof files?.tokenizer === "string" ? files.tokenizer : "tokenizer.json";
}

async function preprocessingOf(
  spec: ModelSpec,
  folder: ModelFolder,
  listener: Listener,
): Promise<Preprocessing | null> {
  const embed = spec.stacks[0]?.embed;
  if (embed?.kind !== "patches") return null;
  const file = "preprocessor_config.json";
  const text = await folder.text(file, listener);
  return readPreprocessing(text === null ? null : parseJsonObject(text, file), embed);
}

const SINGLE = "model.safetensors";
const INDEX = "model.safetensors.index.json";

/** The folder's weights: the file that is named, or model.safetensors, its shards, or its .gz. */
async function openWeightFiles(
  folder: ModelFolder,
  listener: Listener,
  named: string | undefined,
): Promise<readonly TensorFile[]> {
  const missing = (file: string) => failure("missingFile", { file, folder: folder.name });
  if (named !== undefined) {
    const source = await folder.bytes(named, listener);
    if (source === null) throw missing(named);
    return [openSafetensors(source)];
  }
  const single = await folder.bytes(SINGLE, listener);
  if (single !== null) return [openSafetensors(single)];
  const index = await folder.text(INDEX, listener);
  if (index !== null) return openShards(folder, index, listener);
  const packed = await folder.bytes(`${SINGLE}.gz`, listener);
  if (packed === null) throw missing(SINGLE);
  return [openSafetensors(packed)];
}

async function openShards(
  folder: ModelFolder,
  index: string,
  listener: Listener,
): Promise<readonly TensorFile[]> {
  const { weight_map: map, metadata } = parseJsonObject(index, INDEX);
  const names = new Set(typeof map === "object" && map !== null ? Object.values(map) : []);
  const total = Number((metadata as { total_size?: number } | undefined)?.total_size ?? 0);
  const sources: ByteSource[] = [];
  let before = 0;
  for (const name of names) {
    if (typeof name !== "string" || /[\\/]/.test(name) || name === "") {
      throw failure("badJson", {
        file: INDEX,
        line: 1,
        reason: `${JSON.stringify(name)} is not a file name`,
      });
    }
    const done = before;
    const source = await folder.bytes(name, {
      ...listener,
      onProgress: ({ loaded }) =>
        listener.onProgress?.({
          loaded: done + loaded,
          total: total > 0 ? Math.max(total, done + loaded) : null,
        }),
    });
    if (source === null) throw failure("missingFile", { file: name, folder: folder.name });
    before += source.size;
    sources.push(source);
  }
  return sources.map(openSafetensors);
}

/** The names that the special tokens usually have, for ids that a config leaves open. */
const USUAL_NAMES: Readonly<Partial<Record<keyof SpecialIds, readonly string[]>>> = {
  mask: ["[MASK]", "<mask>"],
  cls: ["[CLS]"],
  sep: ["[SEP]"],
  pad: ["[PAD]", "<pad>"],
};

function withTokenizerIds(spec: ModelSpec, tokenizer: Tokenizer | null): ModelSpec {
  if (tokenizer === null) return spec;
  const found = Object.entries(USUAL_NAMES).flatMap(([key, names]) => {
    const known = spec.ids[key as keyof SpecialIds];
    const id = known ?? names.map((name) => tokenizer.idOf(name)).find((value) => value !== null) ?? null;
    return [[key, id] as const];
  });
  return { ...spec, ids: { ...spec.ids, ...Object.fromEntries(found) } };
}
