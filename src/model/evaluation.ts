import { type JsonObject, parseJsonObject } from "./json";
import { urlFolder } from "./urlFolder";

/**
 * How often each head's strongest noun is the right one for a pronoun, as the evaluation beside a model measured it, by
 * the site of the head's pattern; empty where there is no evaluation.json that says so.
 */
export async function readCoreference(url: string): Promise<ReadonlyMap<string, readonly number[]>> {
  const evaluation = await readEvaluation(url);
  return evaluation === null ? new Map() : coreferenceOf(evaluation);
}

/** The evaluation.json beside a model; null where there is none, or none that can be read: nothing else hangs on it. */
export async function readEvaluation(url: string): Promise<JsonObject | null> {
  try {
    const text = await urlFolder(url).text("evaluation.json", {});
    return text === null ? null : parseJsonObject(text, "evaluation.json");
  } catch {
    return null;
  }
}

function coreferenceOf({ heads }: JsonObject): ReadonlyMap<string, readonly number[]> {
  const layers: readonly unknown[] = Array.isArray(heads) ? heads : [];
  return new Map(
    layers.flatMap((layer, at) => {
      const shares: unknown[] = Array.isArray(layer) ? layer.map((head) => head?.coreference) : [];
      const known = shares.filter((share) => typeof share === "number");
      return known.length > 0 && known.length === shares.length
        ? [[`blocks.${at}.attn.hook_pattern`, known] as const]
        : [];
    }),
  );
}
