import type { AttentionPositions } from "../../engine/spec";
import { type Config, unsupported } from "../config";

/**
 * Rotary positions (Su et al. 2021) of a head of `dHead` dimensions, from rope_theta and rope_scaling, or from
 * rope_parameters, which newer configs write instead. Kinds: default, linear, llama3. Frequencies: θ^(−2i/dims).
 */
export function rotary(
  config: Config,
  dHead: number,
  defaults: {
    readonly thetaKeys: readonly string[];
    readonly fraction: number;
    readonly fractionKeys: readonly string[];
  },
): AttentionPositions {
  const scaling = config.object(["rope_parameters", "rope_scaling"]);
  const theta = scaling?.has("rope_theta")
    ? scaling.number("rope_theta")
    : config.number(defaults.thetaKeys, 10000);
  const fraction = scaling?.has("partial_rotary_factor")
    ? scaling.number("partial_rotary_factor")
    : config.number(defaults.fractionKeys, defaults.fraction);
  const dims = Math.floor(dHead * fraction);
  if (dims < 2 || dims > dHead || dims % 2 !== 0) {
    throw unsupported("rotary dimensions per head", dims, `an even number from 2 to ${dHead}`);
  }
  const base = Array.from({ length: dims / 2 }, (_, i) => theta ** ((-2 * i) / dims));
  const inverseFrequencies = scaling === null ? base : base.map(scalingOf(scaling, config));
  return { kind: "rotary", dims, layout: "halves", inverseFrequencies, factor: 1 };
}

/** How a scaling changes one frequency. Fails with unsupportedFeature for kinds that are not known. */
function scalingOf(scaling: Config, config: Config): (frequency: number) => number {
  const kind = scaling.text(["rope_type", "type"], "default");
  switch (kind) {
    case "default":
      return (frequency) => frequency;
    case "linear": {
      const factor = scaling.number("factor");
      return (frequency) => frequency / factor;
    }
    case "llama3":
      return llama3(scaling, config);
    default:
      throw unsupported("rope_scaling.rope_type", kind, "default, linear, llama3");
  }
}

/** Llama 3.1: long waves are slowed by `factor`, short ones kept, those between blended. */
function llama3(scaling: Config, config: Config): (frequency: number) => number {
  const factor = scaling.number("factor");
  const low = scaling.number("low_freq_factor", 1);
  const high = scaling.number("high_freq_factor", 4);
  const length = scaling.has("original_max_position_embeddings")
    ? scaling.number("original_max_position_embeddings")
    : config.number("original_max_position_embeddings", 8192);
  return (frequency) => {
    const wavelength = (2 * Math.PI) / frequency;
    if (wavelength < length / high) return frequency;
    if (wavelength > length / low) return frequency / factor;
    const smooth = (length / wavelength - low) / (high - low);
    return ((1 - smooth) * frequency) / factor + smooth * frequency;
  };
}
