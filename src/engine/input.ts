import { EmptyInputError, InputShapeError, InputTooLongError, MissingInputError } from "./errors";
import type { EmbedSpec, ModelSpec, StackSpec } from "./spec";
import type { RunInput } from "./trace";

/** What one stack of a run reads, checked against its spec. */
export interface StackSource {
  readonly stack: StackSpec;
  /** Token ids; for an image one 0 per position. */
  readonly ids: readonly number[];
  readonly typeIds: readonly number[] | null;
  /** 1 = real, 0 = padding, per position; null: all real. */
  readonly padding: readonly number[] | null;
  /** Pixels [channels, height, width]; empty for tokens. */
  readonly image: Float32Array;
}

/** Positions of an image: one per patch and one for the class. */
export function patchPositions(spec: Extract<EmbedSpec, { kind: "patches" }>): number {
  return 1 + Math.floor(spec.height / spec.patch) * Math.floor(spec.width / spec.patch);
}

/**
 * The inputs of each stack in order. Throws EmptyInputError, InputTooLongError (with the count and the limit),
 * InputShapeError (a mask or an image of the wrong size) or MissingInputError.
 */
export function stackSources(spec: ModelSpec, input: RunInput): readonly StackSource[] {
  return spec.stacks.map((stack, index) =>
    stack.embed.kind === "patches"
      ? imageSource(stack, stack.embed, input)
      : tokenSource(spec, stack, input, index),
  );
}

function tokenSource(spec: ModelSpec, stack: StackSpec, input: RunInput, index: number): StackSource {
  const ids = index === 0 ? input.ids : input.decoderIds;
  if (ids === undefined) throw new MissingInputError({ input: "decoder ids", stack: stack.name });
  if (ids.length === 0) throw new EmptyInputError({ stack: stack.name });
  if (ids.length > spec.context) {
    throw new InputTooLongError({ count: ids.length, limit: spec.context, stack: stack.name });
  }
  const typeIds = index === 0 ? (input.tokenTypeIds ?? null) : null;
  const padding = index === 0 ? (input.attentionMask ?? null) : null;
  checkLength("the attention mask", padding, ids.length);
  checkLength("the list of token types", typeIds, ids.length);
  return { stack, ids, typeIds, padding, image: new Float32Array(0) };
}

function imageSource(
  stack: StackSpec,
  spec: Extract<EmbedSpec, { kind: "patches" }>,
  { image }: RunInput,
): StackSource {
  if (image === undefined) throw new MissingInputError({ input: "an image", stack: stack.name });
  checkLength("the image", image, spec.channels * spec.height * spec.width);
  const ids = Array.from({ length: patchPositions(spec) }, () => 0);
  return { stack, ids, typeIds: null, padding: null, image };
}

function checkLength(name: string, list: ArrayLike<number> | null, expected: number): void {
  if (list !== null && list.length !== expected) {
    throw new InputShapeError({ input: name, expected, got: list.length });
  }
}
