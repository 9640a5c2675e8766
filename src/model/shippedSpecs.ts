import type { ModelSpec } from "../engine/spec";
import { readConfig } from "./families/registry";
import { parseJsonObject } from "./json";
import { SHIPPED_MODELS, type ShippedModel } from "./registry";
import { urlFolder } from "./urlFolder";

/** The specs of the shipped models from their config.json files; what cannot be read is left out. */
export async function shippedSpecs(
  base: string,
): Promise<readonly { readonly model: ShippedModel; readonly spec: ModelSpec }[]> {
  const found = await Promise.all(
    SHIPPED_MODELS.map(async (model) => {
      try {
        const text = await urlFolder(`${base}${model.path}`).text("config.json", {});
        return text === null ? null : { model, spec: readConfig(parseJsonObject(text, "config.json")).spec };
      } catch {
        // A page without its own files at hand still has the rest of the family.
        return null;
      }
    }),
  );
  return found.filter((each) => each !== null);
}
