import type { WeightRequest } from "../analysis/explain/lookup";
import { defaultCapture } from "../engine/capture";
import type { Edit } from "../engine/edits";
import { run } from "../engine/forward";
import type { Kernels } from "../engine/kernels/kernels";
import { prepare, weightColumn, weightRow, weightVector } from "../engine/prepare";
import type { RunInput, Token, Trace } from "../engine/trace";
import { failure } from "../model/errors";
import type { LoadedModel } from "../model/load";
import type { Tokenizer } from "../model/tokenizer/tokenizer";
import { tokensOfIds } from "../model/tokens";
import type { Input, ModelFacts, Progress, Sampling } from "./engine";
import { nextText } from "./nextText";

/** Tokens and what the engine reads of them. */
export interface Cut {
  readonly input: RunInput;
  readonly tokens: readonly Token[];
}

/** A loaded model, as the worker's handler uses it. */
export interface LiveModel {
  readonly facts: ModelFacts;
  /** Cuts an input into tokens: all of them, however many. */
  cut(input: Input): Cut;
  /** One pass. */
  trace(cut: Cut, edits: readonly Edit[]): Trace;
  /** The text that the next sampled token adds to `text`. */
  append(text: string, sampling: Sampling): string;
  /** Display text of every id; the ids themselves where there is no tokenizer. */
  vocabulary(): readonly string[];
  /** null where the model has no such weight. */
  weight(request: WeightRequest): Float32Array | null;
}

/** Loads a model by id. Throws what the loader throws; an aborted load rejects. */
export type LoadModel = (
  id: string,
  base: string,
  listener: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void },
) => Promise<LiveModel>;

/** Packs a loaded model for a backend and joins it with its tokenizer. */
export function liveModel(
  { id, spec, weights, tokenizer, parameters }: LoadedModel,
  kernels: Kernels,
): LiveModel {
  const model = prepare(spec, weights, kernels);
  return {
    facts: { id, spec, parameters },
    cut: (input) =>
      "ids" in input ? cutIds(input.ids, tokenizer) : cutText(input.text, needed(tokenizer, id)),
    trace({ input, tokens }, edits) {
      const { capture, logits } = defaultCapture(spec, [tokens.length]);
      const { sites } = run(model, input, { capture, logits, edits });
      return { modelId: id, spec, tokens, decoderTokens: null, sites };
    },
    append: (text, sampling) => nextText(model, needed(tokenizer, id), text, sampling),
    vocabulary: () => {
      const { embed } = spec.stacks[0] ?? {};
      const size = embed?.kind === "tokens" ? embed.vocab : 0;
      const ids = Array.from({ length: size }, (_, n) => n);
      return ids.map((id) =>
        tokenizer === null ? String(id) : (tokenizer.spell([id]).tokens[0]?.text ?? ""),
      );
    },
    weight: ({ weight, take, at }) => {
      if (take === "vector") return weightVector(model, weight);
      return take === "row" ? weightRow(model, weight, at) : weightColumn(model, weight, at);
    },
  };
}

/** The first `count` tokens of a cut. */
export function firstOf({ input, tokens }: Cut, count: number): Cut {
  const { tokenTypeIds } = input;
  return {
    input: {
      ids: input.ids.slice(0, count),
      ...(tokenTypeIds && { tokenTypeIds: tokenTypeIds.slice(0, count) }),
    },
    tokens: tokens.slice(0, count),
  };
}

function cutText(text: string, tokenizer: Tokenizer): Cut {
  const { ids, tokens, typeIds } = tokenizer.encode(text);
  return { input: typeIds.some((type) => type !== 0) ? { ids, tokenTypeIds: typeIds } : { ids }, tokens };
}

function cutIds(ids: readonly number[], tokenizer: Tokenizer | null): Cut {
  return { input: { ids }, tokens: tokensOfIds(ids, tokenizer) };
}

function needed(tokenizer: Tokenizer | null, id: string): Tokenizer {
  if (tokenizer === null) throw failure("noTokenizer", { folder: id });
  return tokenizer;
}
