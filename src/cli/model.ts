import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { NotFinite } from "../engine/finite";
import type { Kernels } from "../engine/kernels/kernels";
import { createPlainKernels } from "../engine/kernels/plain";
import { bestBuild, createWasmKernels } from "../engine/kernels/wasm";
import { type PreparedModel, prepare } from "../engine/prepare";
import type { RunInput, Token } from "../engine/trace";
import { failure } from "../model/errors";
import { type LoadedModel, loadFolder } from "../model/load";
import type { Encoding } from "../model/tokenizer/tokenizer";
import { patchTokens, tokensOfIds } from "../model/tokens";
import { type Flags, integers, required, UsageError } from "./flags";
import { readImage } from "./image";
import { nodeFolder } from "./nodeFolder";

export interface OpenModel {
  readonly loaded: LoadedModel;
  readonly prepared: PreparedModel;
}

/** Loads and packs the folder of --model. */
export async function openModel(flags: Flags): Promise<OpenModel> {
  const directory = required(flags, "model");
  const folder = nodeFolder(directory);
  const loaded = await loadFolder(folder.name, folder, {}, { tokenizer: tokenizerOf(directory) });
  if (loaded.extra.length > 0) {
    process.stderr.write(`note: tensors that this architecture does not read: ${loaded.extra.join("; ")}\n`);
  }
  return { loaded, prepared: prepare(loaded.spec, loaded.weights, fastestKernels()) };
}

/**
 * Where the tokenizer is: in the folder, or, where the folder above lists its models in an index.json, the one that they
 * share, beside that list or one folder above it.
 */
function tokenizerOf(directory: string): string {
  const isThere = (file: string) => existsSync(join(directory, file));
  const shared = ["../tokenizer.json", "../../tokenizer.json"].find(isThere);
  const isOne = isThere("../index.json") && !isThere("tokenizer.json");
  return isOne && shared !== undefined ? shared : "tokenizer.json";
}

function fastestKernels(): Kernels {
  const read = (name: string) =>
    new Uint8Array(readFileSync(new URL(`../engine/kernels/wasm/${name}.wasm`, import.meta.url)));
  const bytes = { relaxed: read("relaxed"), simd: read("simd") };
  const build = bestBuild(bytes);
  return build === null ? createPlainKernels() : createWasmKernels(build, bytes[build]);
}

/** What is said of a pass whose numbers do not stay finite. */
export function notFiniteNote({ site, index }: NotFinite): string {
  return `the numbers of this pass stop being finite at ${site}, index ${index}: weights are too large for what 32-bit floats can hold`;
}

/** The flags that say what to run. */
export const INPUT_FLAGS = [
  "text",
  "ids",
  "decoder-text",
  "decoder-ids",
  "token-type-ids",
  "attention-mask",
  "pair",
  "image",
] as const;

/** The input flags as a command's usage lists them. */
export const INPUT_USAGE = `
What is read:
  --text "…"             a sentence; --pair "…" a second one beside it
  --ids=5,96,0           token ids instead of words
  --decoder-text "…"     what the decoder of a translator reads, or --decoder-ids=…
  --token-type-ids=…     the sentence of each token, --attention-mask=… 1 for real and 0 for padding
  --image FILE           for a model of images: PNG, PGM, PPM, .npy or JSON`;

export interface TypedInput {
  readonly input: RunInput;
  /** Tokens of the first stack: aligned with the typed text, or with the text that the ids spell. */
  readonly tokens: readonly Token[];
}

/** What the input flags ask for, with everything that they leave out filled in. */
export function readInput({ loaded }: OpenModel, flags: Flags): TypedInput {
  const { spec } = loaded;
  const embed = spec.stacks[0]?.embed;
  if (embed?.kind === "patches") {
    if (flags.value("image") === null) throw new UsageError("this model reads images: give --image");
    const other = INPUT_FLAGS.find((name) => name !== "image" && flags.given(name));
    if (other !== undefined) throw new UsageError(`this model reads an image alone: leave out --${other}`);
    const { preprocessing } = loaded;
    if (preprocessing === null) throw new UsageError("this model says nothing of how images are normalised");
    const image = readImage(required(flags, "image"), embed, preprocessing);
    return { input: { ids: [], image }, tokens: patchTokens(embed) };
  }
  if (flags.given("image")) throw new UsageError("this model reads text, not images: give --text or --ids");
  const text = flags.value("text");
  const given = integers(flags, "ids");
  if (text !== null && given !== null) throw new UsageError("give either --text or --ids, not both");
  if (text === null && given === null) throw new UsageError("give --text or --ids");
  const pair = flags.value("pair");
  if (pair !== null && text === null) throw new UsageError("--pair needs --text");
  const encoding = text === null ? null : encode(loaded, text, pair);
  const ids = given ?? encoding?.ids ?? [];
  if (ids.length === 0) throw failure("emptyInput", {});
  if (ids.length > spec.context) throw failure("tooLong", { count: ids.length, limit: spec.context });
  const typed = embed !== undefined && embed.types > 0 ? (encoding?.typeIds ?? null) : null;
  if (flags.given("token-type-ids") && embed?.types === 0) {
    throw new UsageError("this model has no token types: leave out --token-type-ids");
  }
  const typeIds = integers(flags, "token-type-ids") ?? typed;
  const attentionMask = integers(flags, "attention-mask");
  if (attentionMask?.some((value) => value > 1)) {
    throw new UsageError("--attention-mask must hold 1 (real) and 0 (padding) only");
  }
  if (spec.stacks.length === 1 && (flags.given("decoder-ids") || flags.given("decoder-text"))) {
    throw new UsageError("this model has no decoder of its own");
  }
  const decoderIds = readDecoderIds(loaded, flags);
  const start = spec.ids.decoderStart;
  if (spec.stacks.length === 2 && decoderIds === null && start === null) {
    throw new UsageError("this model needs --decoder-ids: its config names no decoder_start_token_id");
  }
  const input: RunInput = {
    ids,
    ...(typeIds === null ? {} : { tokenTypeIds: typeIds }),
    ...(attentionMask === null ? {} : { attentionMask }),
    ...(spec.stacks.length === 1 ? {} : { decoderIds: decoderIds ?? [start ?? 0] }),
  };
  return { input, tokens: encoding?.tokens ?? tokensOfIds(ids, loaded.tokenizer) };
}

/** The tokens of a text, or of a pair of texts. */
export function encode({ tokenizer, id }: LoadedModel, text: string, pair: string | null = null): Encoding {
  if (tokenizer === null) throw failure("noTokenizer", { folder: id });
  return tokenizer.encode(text, pair === null ? {} : { pair });
}

/** The decoder's ids: as given, or the start token and the text as the model was taught to write it, without its end. */
function readDecoderIds(loaded: LoadedModel, flags: Flags): readonly number[] | null {
  const ids = integers(flags, "decoder-ids");
  const text = flags.value("decoder-text");
  if (ids !== null && text !== null)
    throw new UsageError("give either --decoder-text or --decoder-ids, not both");
  if (text === null) return ids;
  const { decoderStart, eos } = loaded.spec.ids;
  if (decoderStart === null) {
    throw new UsageError("--decoder-text needs a decoder_start_token_id in config.json; give --decoder-ids");
  }
  const written = encode(loaded, text).ids;
  return [decoderStart, ...(written.at(-1) === eos ? written.slice(0, -1) : written)];
}
