import type { ModelSpec } from "../../engine/spec";
import { Config, unsupported } from "../config";
import { failure } from "../errors";
import type { JsonObject } from "../json";
import type { WeightMap } from "../weightMap";
import { albert } from "./albert";
import { bart } from "./bart";
import { bert } from "./bert";
import { distilbert } from "./distilbert";
import type { Family } from "./family";
import { gpt2 } from "./gpt2";
import { gptNeox } from "./gptNeox";
import { llama } from "./llama";
import { marian } from "./marian";
import { mbart } from "./mbart";
import { openaiGpt } from "./openaiGpt";
import { pegasus } from "./pegasus";
import { roberta } from "./roberta";
import { sightline } from "./sightline";
import { t5 } from "./t5";
import { vit } from "./vit";

/** Every family that can be read. A new family is one file and one entry here. */
export const FAMILIES: readonly Family[] = [
  gpt2,
  openaiGpt,
  bert,
  roberta,
  distilbert,
  albert,
  marian,
  bart,
  mbart,
  t5,
  pegasus,
  llama,
  gptNeox,
  vit,
  sightline,
];

export interface ModelReading {
  readonly spec: ModelSpec;
  readonly map: WeightMap;
  readonly ignored: readonly RegExp[];
}

/**
 * Reads a parsed config.json. Fails with unknownArchitecture, unsupportedFeature or badConfig.
 */
export function readConfig(json: JsonObject): ModelReading {
  const config = new Config(json);
  const family = familyOf(config);
  const quantised = config.raw(["quantization_config", "quantization"]);
  if (quantised !== null) throw unsupported(quantised.key, quantised.value, "F32, F16 and BF16 weights");
  const spec = family.toSpec(config);
  return { spec, map: family.weightMap(spec, config), ignored: family.ignored };
}

/** By model_type; a config without one is known by its architecture class. */
function familyOf(config: Config): Family {
  const architecture = config.strings("architectures")?.[0];
  const type = config.raw("model_type") === null ? null : config.text("model_type");
  const family = FAMILIES.find(
    ({ modelTypes, architectures }) =>
      (type !== null && modelTypes.includes(type)) ||
      (type === null && architecture !== undefined && Object.hasOwn(architectures, architecture)),
  );
  if (family === undefined) {
    const known = FAMILIES.flatMap(({ modelTypes }) => modelTypes);
    throw failure("unknownArchitecture", { got: type ?? architecture ?? "(no model_type)", known });
  }
  return family;
}
