import { inject } from "vitest";
import { run } from "../../src/engine/forward";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { type PreparedModel, prepare } from "../../src/engine/prepare";
import type { SiteName } from "../../src/engine/sites";
import type { ModelSpec } from "../../src/engine/spec";
import type { Tensor } from "../../src/engine/tensor";
import type { RunInput } from "../../src/engine/trace";
import { type LoadedModel, loadModel } from "../../src/model/load";
import { SHIPPED_MODELS, shippedModel, shippedSource } from "../../src/model/registry";
import type { Encoding } from "../../src/model/tokenizer/tokenizer";
import { tokenText } from "../../src/viz/tokenText";

/** A model of the page, loaded here and run by the plain kernels. */
export interface Reference {
  readonly id: string;
  readonly spec: ModelSpec;
  encode(text: string): Encoding;
  /** What the chips of a text say. */
  tokens(text: string): string[];
  site(text: string, name: SiteName): Tensor;
  /** A site of a run on anything that a pass can read. */
  siteOf(input: RunInput, name: SiteName): Tensor;
  readonly loaded: LoadedModel;
}

/** Id of the model of a first visit. */
export const FIRST = SHIPPED_MODELS[0]?.id ?? "";

/** Loads a shipped model from the site under test; the first one where none is named. */
export async function loadReference(id = FIRST): Promise<Reference> {
  const shipped = shippedModel(id);
  if (shipped === null) throw new Error(`no model ${id} ships`);
  const loaded: LoadedModel = await loadModel(shippedSource(shipped, inject("site")));
  const model: PreparedModel = prepare(loaded.spec, loaded.weights, createPlainKernels());
  const encode = (text: string) => {
    if (loaded.tokenizer === null) throw new Error("the model has no tokenizer");
    return loaded.tokenizer.encode(text);
  };
  const siteOf = (input: RunInput, name: SiteName) => {
    const tensor = run(model, input, { capture: [name] }).sites[name];
    if (tensor === undefined) throw new Error(`the run has no site ${name}`);
    return tensor;
  };
  return {
    id: loaded.id,
    spec: loaded.spec,
    encode,
    tokens: (text) => encode(text).tokens.map((token) => tokenText(token.text)),
    site: (text, name) => siteOf({ ids: encode(text).ids }, name),
    siteOf,
    loaded,
  };
}
