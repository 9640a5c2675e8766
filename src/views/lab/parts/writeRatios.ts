import { rowNorms } from "../../../analysis/residual";
import type { Trace } from "../../../engine/trace";

/**
 * ‖f(x)‖/‖x‖ of one part of each layer, mean over the positions: what it writes against the stream that it is added to, or
 * against what it reads, which a pre-norm block normalises first.
 */
export function writeRatios(
  trace: Trace,
  stackName: string,
  part: string,
  against: "stream" | "read" = "stream",
): readonly number[] {
  const stack = trace.spec.stacks.find(({ name }) => name === stackName) ?? trace.spec.stacks[0];
  return (stack?.layers ?? []).map(({ norm, place }, layer) => {
    const isNormed = against === "read" && norm !== null && place === "pre";
    const x = isNormed ? "ln1.hook_out" : "hook_resid_pre";
    const wrote = trace.sites[`${stack?.name}.${layer}.${part}` as keyof Trace["sites"]];
    const stream = trace.sites[`${stack?.name}.${layer}.${x}` as keyof Trace["sites"]];
    if (wrote === undefined || stream === undefined) return Number.NaN;
    const lengths = rowNorms(stream);
    const ratios = rowNorms(wrote).map((norm, at) => norm / (lengths[at] ?? Number.NaN));
    return ratios.reduce((sum, ratio) => sum + ratio / ratios.length, 0);
  });
}
