import { axesOf } from "../engine/sites";
import type { ModelSpec } from "../engine/spec";
import type { Axis, Tensor } from "../engine/tensor";
import { matcher, type SitePattern, type Sites, type Token, type Trace } from "../engine/trace";
import { bytesSource } from "./byteSource";
import { failure } from "./errors";
import { openSafetensors, type TensorFile } from "./safetensors";
import { type TensorToWrite, writeSafetensors } from "./safetensorsWriter";

export interface TraceFileOptions {
  /** F16 halves the file and rounds to three decimal digits; F32 is exact. */
  readonly dtype?: "F32" | "F16";
  /** Sites to write; all when left out. */
  readonly sites?: readonly SitePattern[];
}

/**
 * A trace as a safetensors file: every site under its name with its own shape. Metadata: `tokens` (a JSON array of
 * strings) and `ids`, for the decoder `decoder_tokens` and `decoder_ids`, and what reading it back needs.
 */
export function writeTrace(trace: Trace, options: TraceFileOptions = {}): Uint8Array<ArrayBuffer> {
  const { dtype = "F32", sites: patterns = ["*"] } = options;
  const wanted = matcher(patterns);
  const tensors: TensorToWrite[] = Object.entries(trace.sites)
    .filter(([name]) => wanted(name))
    .flatMap(([name, tensor]) =>
      tensor === undefined ? [] : [{ name, shape: tensor.shape, data: tensor.data }],
    );
  const { decoderTokens } = trace;
  const metadata = {
    ...tokenMetadata("", trace.tokens),
    ...(decoderTokens === null ? {} : tokenMetadata("decoder_", decoderTokens)),
    model: trace.modelId,
    spec: specToJson(trace.spec),
  };
  return writeSafetensors(tensors, metadata, dtype);
}

function tokenMetadata(prefix: "" | "decoder_", tokens: readonly Token[]): Record<string, string> {
  return {
    [`${prefix}tokens`]: JSON.stringify(tokens.map(({ text }) => text)),
    [`${prefix}ids`]: JSON.stringify(tokens.map(({ id }) => id)),
    [`${prefix}places`]: JSON.stringify(
      tokens.map(({ start, end, word, special }) => [start, end, word, special ? 1 : 0]),
    ),
  };
}

/**
 * Reads a trace file: ours, or attention patterns from anywhere (see foreignTrace.ts). Fails with badTrace and with
 * everything that a safetensors file can be wrong in.
 */
export async function readAnyTrace(bytes: Uint8Array, file: string): Promise<Trace> {
  const tensors = openSafetensors(bytesSource(file, bytes));
  if (tensors.metadata.spec !== undefined) return readOurs(tensors, file);
  const { patternsTrace } = await import("./foreignTrace");
  return patternsTrace(tensors);
}

/** Reads a trace file that `writeTrace` wrote. */
export function readTrace(bytes: Uint8Array, file: string): Trace {
  return readOurs(openSafetensors(bytesSource(file, bytes)), file);
}

function readOurs(tensors: TensorFile, file: string): Trace {
  const { spec, model } = tensors.metadata;
  if (spec === undefined)
    throw failure("badTrace", { file, reason: "it does not say the model’s architecture" });
  const read = specFromJson(spec, file);
  return {
    modelId: model ?? file,
    spec: read,
    tokens: readTokens(tensors, ""),
    decoderTokens: "decoder_ids" in tensors.metadata ? readTokens(tensors, "decoder_") : null,
    sites: readSites(tensors, read),
  };
}

function readSites(file: TensorFile, spec: ModelSpec): Sites {
  const sites: Record<string, Tensor> = {};
  for (const { name, shape } of file.tensors.values()) {
    const axes = name === "logits" ? logitAxes(spec) : axesOf(name);
    if (axes === null) continue;
    if (axes.length !== shape.length) {
      throw failure("badTrace", { file: file.file, reason: `${name} has the shape [${shape.join(", ")}]` });
    }
    sites[name] = { data: file.read(name).slice(), shape, axes };
  }
  return sites;
}

/** What the logits of a model are over: a classifier's labels, of the text or of each token, or the vocabulary. */
function logitAxes({ heads }: ModelSpec): readonly Axis[] | null {
  const head = heads.find((each) => each.kind !== "sequence" || each.site === "logits");
  if (head === undefined || head.kind === "lm") return axesOf("logits");
  return [head.kind === "sequence" ? "one" : "pos", "label"];
}

function readTokens({ metadata, file }: TensorFile, prefix: "" | "decoder_"): readonly Token[] {
  const texts = listOf(metadata[`${prefix}tokens`]);
  const ids = listOf(metadata[`${prefix}ids`]);
  const places = listOf(metadata[`${prefix}places`]);
  if (
    texts === null ||
    ids === null ||
    places === null ||
    texts.length !== ids.length ||
    ids.length !== places.length
  ) {
    throw failure("badTrace", { file, reason: `its ${prefix}tokens, ids and places do not fit together` });
  }
  return texts.map((text, i) => {
    const [start, end, word, special] = (places[i] ?? []) as number[];
    return {
      id: Number(ids[i]),
      text: String(text),
      start: start ?? 0,
      end: end ?? 0,
      word: word ?? -1,
      special: special === 1,
    };
  });
}

function listOf(json: string | undefined): readonly unknown[] | null {
  if (json === undefined) return null;
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** JSON has no infinities, and a spec masks with −∞: they are written as strings. */
function specToJson(spec: ModelSpec): string {
  return JSON.stringify(spec, (_, value: unknown) =>
    value === Number.NEGATIVE_INFINITY ? "-Infinity" : value,
  );
}

function specFromJson(json: string, file: string): ModelSpec {
  try {
    const spec: ModelSpec = JSON.parse(json, (_, value: unknown) =>
      value === "-Infinity" ? Number.NEGATIVE_INFINITY : value,
    );
    if (Array.isArray(spec.stacks) && Array.isArray(spec.heads)) return spec;
  } catch {
    // Falls through to the named error: a damaged spec is as good as none.
  }
  throw failure("badTrace", { file, reason: "its metadata spec is damaged" });
}
