import { createPlainKernels } from "../../src/engine/kernels/plain";
import { type PreparedModel, prepare } from "../../src/engine/prepare";
import { createRng } from "../../src/engine/rng";
import { sizeOf } from "../../src/engine/tensor";
import type { Token } from "../../src/engine/trace";
import { weightNames } from "../../src/engine/weights";
import type { TinyModel } from "./tinyModels";

/** The model with seeded normal weights. */
export function prepareTiny({ spec, without }: TinyModel, seed: number): PreparedModel {
  const rng = createRng(seed);
  const needed = weightNames(spec).filter(({ name }) => without === undefined || !without.test(name));
  const values = new Map(
    needed.map(({ name, shape }) => [
      name,
      {
        values: Float32Array.from({ length: sizeOf(shape) }, () => 0.4 * rng.normal()),
        shape,
        layout: "in_out",
      } as const,
    ]),
  );
  const source = {
    has: (name: string) => values.has(name),
    shape: (name: string) => values.get(name)?.shape ?? null,
    read: (name: string) => {
      const tensor = values.get(name);
      if (tensor === undefined) throw new Error(`no weight ${name}`);
      return tensor;
    },
    alias: () => null,
  };
  return prepare(spec, source, createPlainKernels());
}

/** Tokens of a sentence split at spaces: one word and one piece each; "[…]" is special. */
export function tokensOf(sentence: string): readonly Token[] {
  let start = 0;
  const kinds = new Map<string, number>();
  return sentence.split(" ").map((text, word) => {
    if (!kinds.has(text)) kinds.set(text, kinds.size);
    const special = text.startsWith("[");
    const token = {
      id: kinds.get(text) ?? 0,
      text,
      start,
      end: start + text.length,
      word: special ? -1 : word,
      special,
    };
    start += text.length + 1;
    return token;
  });
}
