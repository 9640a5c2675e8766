import { inject } from "vitest";
import { run } from "../../src/engine/forward";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { type PreparedModel, prepare } from "../../src/engine/prepare";
import type { SiteName } from "../../src/engine/sites";
import type { Tensor } from "../../src/engine/tensor";
import { type LoadedModel, loadModel } from "../../src/model/load";
import { SHIPPED_MODELS, shippedSource } from "../../src/model/registry";
import { tokenText } from "../../src/viz/tokenText";

/** The model of the page, loaded here and run by the plain kernels. */
export interface Reference {
  readonly id: string;
  /** What the chips of a text say. */
  tokens(text: string): string[];
  site(text: string, name: SiteName): Tensor;
}

/** Loads the first shipped model from the site under test. */
export async function loadReference(): Promise<Reference> {
  const shipped = SHIPPED_MODELS[0];
  if (shipped === undefined) throw new Error("no model ships");
  const loaded: LoadedModel = await loadModel(shippedSource(shipped, inject("site")));
  const model: PreparedModel = prepare(loaded.spec, loaded.weights, createPlainKernels());
  const encode = (text: string) => {
    if (loaded.tokenizer === null) throw new Error("the model has no tokenizer");
    return loaded.tokenizer.encode(text);
  };
  return {
    id: loaded.id,
    tokens: (text) => encode(text).tokens.map((token) => tokenText(token.text)),
    site: (text, name) => {
      const tensor = run(model, { ids: encode(text).ids }, { capture: [name] }).sites[name];
      if (tensor === undefined) throw new Error(`the run has no site ${name}`);
      return tensor;
    },
  };
}
