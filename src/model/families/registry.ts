import type { ModelSpec } from "../../engine/spec";
import { Config, unsupported } from "../config";
import { failure } from "../errors";
import type { JsonObject } from "../json";
import type { WeightMap } from "../weightMap";
import type { Family } from "./family";
import { gpt2 } from "./gpt2";

/** Every family that can be read. A new family is one file and one entry here. */
export const FAMILIES: readonly Family[] = [gpt2];

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
