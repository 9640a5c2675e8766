import { rowNorms } from "../../../analysis/residual";
import type { Trace } from "../../../engine/trace";

/** ‖f(x)‖/‖x‖ of one part of each layer: what it writes against the stream that it is added to, mean over the positions. */
export function writeRatios(trace: Trace, stackName: string, part: string): readonly number[] {
  const stack = trace.spec.stacks.find(({ name }) => name === stackName) ?? trace.spec.stacks[0];
  return (stack?.layers ?? []).map((_, layer) => {
    const wrote = trace.sites[`${stack?.name}.${layer}.${part}` as keyof Trace["sites"]];
    const stream = trace.sites[`${stack?.name}.${layer}.hook_resid_pre` as keyof Trace["sites"]];
    if (wrote === undefined || stream === undefined) return Number.NaN;
    const lengths = rowNorms(stream);
    const ratios = rowNorms(wrote).map((norm, at) => norm / (lengths[at] ?? Number.NaN));
    return ratios.reduce((sum, ratio) => sum + ratio / ratios.length, 0);
  });
}
