import type { ModelSpec } from "../engine/spec";
import type { RunInput, Token } from "../engine/trace";
import { failure } from "../model/errors";
import { type Picture, type Preprocessing, pixelsOf } from "../model/image";
import type { LoadedModel } from "../model/load";
import type { Tokenizer } from "../model/tokenizer/tokenizer";
import { patchTokens, tokensOfIds } from "../model/tokens";
import type { Input } from "./engine";

/** What cutting needs to know of a model. */
type Reader = Pick<LoadedModel, "id" | "spec" | "tokenizer" | "preprocessing">;

/** Tokens and what the engine reads of them. */
export interface Cut {
  readonly input: RunInput;
  readonly tokens: readonly Token[];
  /** What the decoder reads; null for models of one stack, and where nothing was typed for it. */
  readonly decoderTokens: readonly Token[] | null;
}

/**
 * Cuts an input into tokens, an image into its patches. A target is shifted right: the decoder's start, then the target
 * without its end. Without a tokenizer a text of numbers is a list of ids.
 */
export function cutInput(input: Input, { id, spec, tokenizer, preprocessing }: Reader): Cut {
  if ("image" in input) return cutImage(input.image, spec, preprocessing);
  if ("ids" in input) return cutIds(input.ids, tokenizer);
  if (preprocessing !== null) throw failure("readsImages", { folder: id });
  if (tokenizer === null) {
    const numbers = /^[\d\s,]*$/.test(input.text) ? (input.text.match(/\d+/g) ?? []) : null;
    if (numbers === null) throw failure("noTokenizer", { folder: id });
    return cutIds(numbers.map(Number), null);
  }
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

function cutIds(ids: readonly number[], tokenizer: Tokenizer | null): Cut {
  return { input: { ids }, tokens: tokensOfIds(ids, tokenizer), decoderTokens: null };
}

function cutImage(picture: Picture, { family, stacks }: ModelSpec, how: Preprocessing | null): Cut {
  const embed = stacks[0]?.embed;
  if (how === null || embed?.kind !== "patches") throw failure("readsText", { folder: family });
  const image = pixelsOf(picture, embed, how);
  return { input: { ids: [], image }, tokens: patchTokens(embed), decoderTokens: null };
}

/** The first `count` tokens of a cut, on either side. */
export function firstOf({ input, tokens, decoderTokens }: Cut, count: number): Cut {
  const { tokenTypeIds, decoderIds, image } = input;
  return {
    input: {
      ...(image && { image }),
      ids: input.ids.slice(0, count),
      ...(tokenTypeIds && { tokenTypeIds: tokenTypeIds.slice(0, count) }),
      ...(decoderIds && { decoderIds: decoderIds.slice(0, count) }),
    },
    tokens: tokens.slice(0, count),
    decoderTokens: decoderTokens?.slice(0, count) ?? null,
  };
}
