import { sublayers } from "../../analysis/explain/wiring";
import { type SiteName, stackPrefix } from "../../engine/sites";
import type { StackSpec } from "../../engine/spec";
import type { SiteRequest } from "../../store/derivedSites";

const OF_NORM = ["step_mean", "hook_scale", "hook_normalized", "hook_out"] as const;

/** The sites that the way of a token through a block is read from, as far as a long trace may have left them out. */
export function blockSites(stack: StackSpec, layer: number): readonly SiteRequest[] {
  const block = stack.layers[layer];
  if (block === undefined) return [];
  const isLast = layer === stack.layers.length - 1;
  const normed = (name: string, kind: "layer" | "rms") =>
    OF_NORM.filter((part) => kind === "layer" || part !== "step_mean").map((part) => `${name}.${part}`);
  const names = sublayers(stack, layer).flatMap(({ norm, writes, sum }) => [
    writes,
    sum,
    ...(norm === null || block.norm === null
      ? []
      : normed(`${stack.name}.${layer}.${norm}`, block.norm.kind)),
  ]);
  const final =
    isLast && stack.finalNorm !== null
      ? normed(`${stackPrefix(stack.name)}ln_final`, stack.finalNorm.kind)
      : [];
  return [...new Set([...names, ...final])].map((site) => ({ site: site as SiteName, head: null }));
}
