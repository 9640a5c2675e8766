import { checkpointSource } from "./checkpoints";
import { failure } from "./errors";
import type { UrlSource } from "./load";
import { shippedModel, shippedSource } from "./registry";
import { siblingSource } from "./siblings";

/** Where to load a model from that ships: one of the list, a checkpoint, a sibling. `base`: an address of the site. Fails with missingFile. */
export function sourceOf(id: string, base: string): UrlSource {
  const folder = new URL(".", base).href;
  const beside = checkpointSource(id, folder) ?? siblingSource(id, folder);
  if (beside !== null) return beside;
  const shipped = shippedModel(id);
  if (shipped === null) throw failure("missingFile", { file: "config.json", folder: id });
  return shippedSource(shipped, folder);
}

/** Addresses of the files that such a model is loaded from. */
export function filesOf({ url, files }: UrlSource): readonly string[] {
  const { weights, tokenizer } = files ?? { weights: "model.safetensors.gz", tokenizer: true };
  // A model without a tokenizer reads images, and says how they are to be normalised.
  const input =
    tokenizer === false ? "preprocessor_config.json" : tokenizer === true ? "tokenizer.json" : tokenizer;
  return ["config.json", weights, input].map((file) => new URL(file, url).href);
}
