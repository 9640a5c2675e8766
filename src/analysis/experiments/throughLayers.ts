import type { StackName } from "../../engine/spec";
import type { Tensor } from "../../engine/tensor";
import type { Trace } from "../../engine/trace";
import { cosineOf, normOf, row, sizeOfMatrix } from "../matrix";
import { betweenBlocks } from "../residual";
import { distance } from "./experiment";

/** The stream before the first block and after each, or null where the trace lacks one. [pos, d_model] each */
export function streamOf(trace: Trace, name: StackName): readonly Tensor[] | null {
  const stack = trace.spec.stacks.find((each) => each.name === name) ?? trace.spec.stacks[0];
  const sites = stack === undefined ? [] : betweenBlocks(stack);
  const tensors = sites.flatMap((site) => trace.sites[site as keyof Trace["sites"]] ?? []);
  return tensors.length === sites.length && tensors.length > 1 ? tensors : null;
}

export interface Movement {
  /** ‖Δx‖/‖x‖ of the word's own state before the first block and after each, as a multiple of that before the first. */
  readonly left: Float32Array;
  /** ‖Δ out‖/‖Δ in‖ of that state: the slope along the direction that was moved. */
  readonly slope: number;
}

/** How far one moved input moves the state at its own position, layer by layer. */
export function movementOf(
  still: readonly Tensor[],
  moved: readonly Tensor[],
  position: number,
): Movement | null {
  const steps = still.map((tensor, at) => {
    const [from, to] = [row(tensor, position), moved[at] && row(moved[at], position)];
    return to === undefined ? null : { size: normOf(from), change: distance(from, to) };
  });
  const [first] = steps;
  const last = steps.at(-1);
  if (first == null || last == null) return null;
  const relative = (step: (typeof steps)[number]) => (step === null ? Number.NaN : step.change / step.size);
  return {
    left: Float32Array.from(steps, (step) => relative(step) / relative(first)),
    slope: last.change / first.change,
  };
}

/** How alike the states of different words are, layer by layer: the mean cosine over all pairs of positions. */
export function likenessOf(stream: readonly Tensor[]): Float32Array {
  return Float32Array.from(stream, (tensor) => {
    const { rows } = sizeOfMatrix(tensor);
    let sum = 0;
    for (let i = 1; i < rows; i++)
      for (let j = 0; j < i; j++) sum += cosineOf(row(tensor, i), row(tensor, j));
    return sum / ((rows * (rows - 1)) / 2);
  });
}

/**
 * How much of a gradient is left on its way back: ‖∂/∂x‖·‖x‖ of the stream before the first block and after each, as a multiple
 * of that after the last. Times the stream's length it says what a change by a share of the stream does, however long LayerNorm
 * lets the stream grow. Null where a gradient is missing.
 */
export function gradientLeft(
  gradients: Readonly<Record<string, Tensor>>,
  pass: Trace,
  name: StackName,
): Float32Array | null {
  const stack = pass.spec.stacks.find((each) => each.name === name) ?? pass.spec.stacks[0];
  const sites = stack === undefined ? [] : betweenBlocks(stack);
  const sizes = sites.flatMap((site) => {
    const [gradient, x] = [gradients[`${site}_grad`], pass.sites[site as keyof Trace["sites"]]];
    return gradient === undefined || x === undefined ? [] : normOf(gradient.data) * normOf(x.data);
  });
  const last = sizes.at(-1);
  if (last === undefined || sizes.length < sites.length) return null;
  return Float32Array.from(sizes, (size) => size / last);
}
