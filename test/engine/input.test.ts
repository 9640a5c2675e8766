import { describe, expect, it } from "vitest";
import {
  EmptyInputError,
  IdOutOfRangeError,
  InputShapeError,
  InputTooLongError,
  MissingInputError,
} from "../../src/engine/errors";
import { run } from "../../src/engine/forward";
import type { ModelSpec } from "../../src/engine/spec";
import type { RunInput } from "../../src/engine/trace";
import { families } from "./support/families";
import { encoderSpec, modelSpec, seq2seqSpec, stackSpec, tokenEmbed } from "./support/specs";
import { randomModel } from "./support/weights";

function failure(spec: ModelSpec, input: RunInput): unknown {
  try {
    run(randomModel(spec), input, { capture: [] });
  } catch (error) {
    return error;
  }
  return null;
}

describe("an input that the model cannot read", () => {
  it("says that it is empty, and which", () => {
    expect(failure(modelSpec(), { ids: [] })).toEqual(new EmptyInputError({ stack: "blocks" }));
    expect(failure(seq2seqSpec(), { ids: [1], decoderIds: [] })).toEqual(
      new EmptyInputError({ stack: "decoder" }),
    );
  });

  it("says how long it is and how long it may be", () => {
    const expected = new InputTooLongError({ count: 17, limit: 16, stack: "blocks" });
    expect(failure(modelSpec(), { ids: new Array<number>(17).fill(1) })).toEqual(expected);
    const positions = { kind: "learned", offset: 2, length: 6, skipId: null } as const;
    const short = modelSpec({ stacks: [stackSpec({ embed: tokenEmbed({ positions }) })] });
    expect(failure(short, { ids: [1, 1, 1, 1] })).toBeNull();
    expect(failure(short, { ids: [1, 1, 1, 1, 1] })).toMatchObject({ details: { count: 5, limit: 4 } });
  });

  it("says which id at which position is outside which table", () => {
    for (const id of [-1, 11, 1.5, Number.NaN]) {
      const expected = new IdOutOfRangeError({ id, position: 2, size: 11, table: "the vocabulary" });
      expect(failure(modelSpec(), { ids: [1, 2, id] })).toEqual(expected);
    }
    const types = { ids: [1, 2], tokenTypeIds: [0, 2] };
    const expected = new IdOutOfRangeError({ id: 2, position: 1, size: 2, table: "the token types" });
    expect(failure(encoderSpec(), types)).toEqual(expected);
  });

  it("says what is missing or has the wrong size", () => {
    const missing = new MissingInputError({ input: "decoder ids", stack: "decoder" });
    expect(failure(seq2seqSpec(), { ids: [1] })).toEqual(missing);
    expect(failure(families.image.spec, { ids: [] })).toEqual(
      new MissingInputError({ input: "an image", stack: "blocks" }),
    );
    expect(failure(families.image.spec, { ids: [], image: new Float32Array(5) })).toEqual(
      new InputShapeError({ input: "the image", expected: 48, got: 5 }),
    );
    expect(failure(modelSpec(), { ids: [1, 2], attentionMask: [1] })).toEqual(
      new InputShapeError({ input: "the attention mask", expected: 2, got: 1 }),
    );
  });

  it("carries its class name and numbers, so that a page can say it", () => {
    expect(failure(modelSpec(), { ids: [] })).toMatchObject({
      name: "EmptyInputError",
      details: { stack: "blocks" },
    });
  });
});
