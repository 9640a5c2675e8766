import type { ModelSpec } from "../engine/spec";
import type { RunInput, Token } from "../engine/trace";
import { failure } from "../model/errors";
import type { Tokenizer } from "../model/tokenizer/tokenizer";
import { tokensOfIds } from "../model/tokens";
import type { Input } from "./engine";

/** Tokens and what the engine reads of them. */
export interface Cut {
  readonly input: RunInput;
  readonly tokens: readonly Token[];
  /** What the decoder reads; null for models of one stack, and where nothing was typed for it. */
  readonly decoderTokens: readonly Token[] | null;
}

/** Cuts an input into tokens. A target is shifted right: the decoder's start, then the target without its end. */
export function cutInput(input: Input, spec: ModelSpec, tokenizer: Tokenizer | null): Cut {
  if ("ids" in input) {
    return { input: { ids: input.ids }, tokens: tokensOfIds(input.ids, tokenizer), decoderTokens: null };
  }
  if (tokenizer === null) throw failure("noTokenizer", { folder: spec.family });
  const { text, second, target } = input;
  const { ids, tokens, typeIds } = tokenizer.encode(text, second === undefined ? {} : { pair: second });
  const source = typeIds.some((type) => type !== 0) ? { ids, tokenTypeIds: typeIds } : { ids };
  const { decoderStart, eos } = spec.ids;
  if (spec.stacks.length === 1 || target === undefined || decoderStart === null) {
    return { input: source, tokens, decoderTokens: null };
  }
  const typed = tokenizer.encode(target).tokens;
  const open = typed.at(-1)?.id === eos ? typed.slice(0, -1) : typed;
  const [start] = tokensOfIds([decoderStart], tokenizer);
  const shifted = start === undefined ? open : [start, ...open];
  return {
    input: { ...source, decoderIds: shifted.map((token) => token.id) },
    tokens,
    decoderTokens: shifted,
  };
}

/** The first `count` tokens of a cut, on either side. */
export function firstOf({ input, tokens, decoderTokens }: Cut, count: number): Cut {
  const { tokenTypeIds, decoderIds } = input;
  return {
    input: {
      ids: input.ids.slice(0, count),
      ...(tokenTypeIds && { tokenTypeIds: tokenTypeIds.slice(0, count) }),
      ...(decoderIds && { decoderIds: decoderIds.slice(0, count) }),
    },
    tokens: tokens.slice(0, count),
    decoderTokens: decoderTokens?.slice(0, count) ?? null,
  };
}
