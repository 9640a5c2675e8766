import { VARIANT_REASONS, type VariantReason } from "../engine/errors";

/** A tensor whose shape is not the one that the configuration implies. */
export interface ShapeMismatch {
  readonly name: string;
  readonly expected: readonly number[];
  readonly got: readonly number[];
}

/**
 * Everything that can be wrong with a model, a tokenizer, a trace file or their transport: the code and what the
 * message needs to know. The page translates by code and params; MESSAGES below is the English of the command line.
 */
export interface Problems {
  /** The file ends before the bytes that it announces. */
  truncated: { readonly file: string; readonly expected: number; readonly got: number };
  /** The safetensors header itself cannot be read. */
  badHeader: { readonly file: string; readonly reason: string };
  /** A tensor's byte range lies outside the file, is reversed, leaves a hole, or overlaps its neighbour. */
  badOffsets: {
    readonly file: string;
    readonly tensor: string;
    readonly start: number;
    readonly end: number;
    readonly expectedStart: number;
  };
  /** shape × size of dtype is not the number of bytes. */
  badSize: {
    readonly file: string;
    readonly tensor: string;
    readonly shape: readonly number[];
    readonly dtype: string;
    readonly expected: number;
    readonly got: number;
  };
  duplicateTensor: { readonly file: string; readonly tensor: string };
  unsupportedDtype: {
    readonly file: string;
    readonly tensor: string;
    readonly dtype: string;
    readonly supported: readonly string[];
  };
  wrongShape: { readonly tensors: readonly ShapeMismatch[] };
  missingTensors: { readonly names: readonly string[] };
  /** NaN or ±∞ among the weights: the first flat index, and how many there are. */
  notFinite: { readonly tensor: string; readonly index: number; readonly count: number };
  unknownArchitecture: { readonly got: string; readonly known: readonly string[] };
  unsupportedFeature: { readonly key: string; readonly value: string; readonly supported: string };
  /** A configuration key with a value that cannot be meant. */
  badConfig: { readonly key: string; readonly value: string; readonly expected: string };
  badJson: { readonly file: string; readonly line: number; readonly reason: string };
  missingFile: { readonly file: string; readonly folder: string };
  unreadable: { readonly file: string; readonly reason: string };
  badTokenizer: { readonly reason: string };
  noTokenizer: { readonly folder: string };
  /** A text was given to a model of images, or the other way round. */
  readsImages: { readonly folder: string };
  readsText: { readonly folder: string };
  badTrace: { readonly file: string; readonly reason: string };
  badImage: { readonly file: string; readonly reason: string };
  /** A response that is not 2xx; status 0: no response at all. */
  network: { readonly status: number; readonly path: string };
  aborted: Record<string, never>;
  tooLong: { readonly count: number; readonly limit: number };
  emptyInput: Record<string, never>;
  /** A change of the architecture that it cannot have. */
  cannotChange: { readonly change: string; readonly reason: VariantReason };
  /** An edit that does not fit its site. */
  cannotEdit: { readonly site: string; readonly why: string; readonly what: string };
  noSite: { readonly site: string };
  /** Gradients of a mechanism that has none here. */
  noGradients: { readonly variant: string };
}

export type ProblemCode = keyof Problems;

/** A problem as plain data: it survives structuredClone, so it can leave a worker. */
export type Problem = {
  readonly [C in ProblemCode]: {
    readonly code: C;
    readonly params: Problems[C];
    readonly message: string;
  };
}[ProblemCode];

const MESSAGES: { readonly [C in ProblemCode]: (p: Problems[C]) => string } = {
  truncated: (p) => `${p.file} is cut short: it announces ${p.expected} bytes and has ${p.got}`,
  badHeader: (p) => `${p.file} is not a safetensors file: ${p.reason}`,
  badOffsets: (p) =>
    `${p.file}: tensor ${p.tensor} lies at bytes ${p.start}…${p.end} of the data, but should start at ${p.expectedStart}`,
  badSize: (p) =>
    `${p.file}: tensor ${p.tensor} of shape [${p.shape.join(", ")}] in ${p.dtype} needs ${p.expected} bytes and has ${p.got}`,
  duplicateTensor: (p) => `${p.file}: tensor ${p.tensor} appears twice`,
  unsupportedDtype: (p) =>
    `${p.file}: tensor ${p.tensor} is stored as ${p.dtype}; supported are ${p.supported.join(", ")}`,
  wrongShape: (p) =>
    `wrong shape of ${listed(p.tensors, (t) => `${t.name} (expected [${t.expected.join(", ")}], got [${t.got.join(", ")}])`)}`,
  missingTensors: (p) => `missing tensors: ${listed(p.names, (name) => name)}`,
  notFinite: (p) =>
    `tensor ${p.tensor} has ${p.count} value${p.count === 1 ? " that is" : "s that are"} NaN or infinite, the first at index ${p.index}`,
  unknownArchitecture: (p) => `unknown architecture ${p.got}; known are ${p.known.join(", ")}`,
  unsupportedFeature: (p) => `${p.key} = ${p.value} is not supported; supported: ${p.supported}`,
  badConfig: (p) => `config.json: ${p.key} = ${p.value}, expected ${p.expected}`,
  badJson: (p) => `${p.file} is not valid JSON: line ${p.line}: ${p.reason}`,
  missingFile: (p) => `${p.folder} has no ${p.file}`,
  unreadable: (p) => `${p.file} cannot be read: ${p.reason}`,
  badTokenizer: (p) => `tokenizer.json cannot be used: ${p.reason}`,
  noTokenizer: (p) => `${p.folder} has no tokenizer.json, so text cannot be split: give token ids instead`,
  readsImages: (p) => `${p.folder} reads images, not text`,
  readsText: (p) => `${p.folder} reads text, not images`,
  badTrace: (p) => `${p.file} is not a trace: ${p.reason}`,
  badImage: (p) => `${p.file} cannot be used as an image: ${p.reason}`,
  network: (p) =>
    p.status === 0 ? `${p.path} could not be reached` : `${p.path} answered with status ${p.status}`,
  aborted: () => "the operation was cancelled",
  tooLong: (p) => `the input has ${p.count} tokens, the model takes at most ${p.limit}`,
  emptyInput: () => "the input has no tokens",
  cannotChange: (p) => `the change of “${p.change}” cannot be made: ${VARIANT_REASONS[p.reason]}`,
  cannotEdit: (p) => `the edit of ${p.site} cannot be applied (${p.why}): ${p.what}`,
  noSite: (p) => `the model has no site ${p.site}`,
  noGradients: (p) => `there are no gradients with ${p.variant}`,
};

/** All items: who reads these messages has a terminal to scroll. */
function listed<T>(items: readonly T[], text: (item: T) => string): string {
  return items.map(text).join("; ");
}

/** A problem with its English message. */
export function problem<C extends ProblemCode>(code: C, params: Problems[C]): Extract<Problem, { code: C }> {
  return { code, params, message: MESSAGES[code](params) } as unknown as Extract<Problem, { code: C }>;
}
