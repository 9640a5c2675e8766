import { MissingInputError } from "../errors";
import { type RunResult, run } from "../forward";
import type { PreparedModel } from "../prepare";
import type { Kept } from "../reuse";
import type { ModelSpec } from "../spec";
import type { Capture, RunInput } from "../trace";

/** What every way of decoding needs to know. */
export interface DecodeOptions {
  /** The most tokens to emit. */
  readonly maxTokens: number;
  /** Sites that are kept of every step. */
  readonly capture: Capture;
  /** Ids that end the text; usually the model's eos. */
  readonly stop: readonly number[];
  /** Ids that are never emitted. */
  readonly banned: readonly number[];
}

/** Why a text ended: a stop id, maxTokens, or the model's context. */
export type EndReason = "stop" | "max_tokens" | "context";

/** The ids that grow: the decoder's (its start id when none are given), or those of the only stack. */
export function startIds(spec: ModelSpec, input: RunInput): readonly number[] {
  if (spec.stacks.length === 1) return input.ids;
  if (input.decoderIds !== undefined) return input.decoderIds;
  const start = spec.ids.decoderStart;
  if (start === null) throw new MissingInputError({ input: "decoder ids", stack: "decoder" });
  return [start];
}

/** The input with those ids in the growing place; emitted tokens are real and of the last token's type. */
export function withIds(spec: ModelSpec, input: RunInput, ids: readonly number[]): RunInput {
  if (spec.stacks.length > 1) return { ...input, decoderIds: ids };
  const { attentionMask: mask, tokenTypeIds: types } = input;
  return {
    ...input,
    ids,
    ...(mask && { attentionMask: ids.map((_, n) => mask[n] ?? 1) }),
    ...(types && { tokenTypeIds: ids.map((_, n) => types[n] ?? types[types.length - 1]) }),
  };
}

/** One run for the next token: its logits with the banned ids at −∞ [d_vocab], and what the run recorded and left. */
export interface NextRun extends RunResult {
  readonly logits: Float32Array;
}

export function runNext(
  model: PreparedModel,
  input: RunInput,
  ids: readonly number[],
  options: DecodeOptions,
  reuse: Kept | null,
): NextRun {
  const { capture, banned } = options;
  const result = run(model, withIds(model.spec, input, ids), { capture, logits: "last", keep: true, reuse });
  const logits = result.sites.logits?.data.slice() ?? new Float32Array(0);
  for (const id of banned) logits[id] = Number.NEGATIVE_INFINITY;
  return { ...result, logits };
}
