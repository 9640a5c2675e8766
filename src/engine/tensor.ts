/** The axes that a tensor of the trace can have. Positions are always said by role: query, key, or plain pos. */
export type Axis =
  | "pos"
  | "query_pos"
  | "key_pos"
  | "head"
  | "kv_head"
  | "d_model"
  | "d_embed"
  | "d_head"
  | "d_mlp"
  | "d_vocab"
  | "label"
  | "one";

/** A dense row-major array of 32-bit floats whose axes have names. */
export interface Tensor<A extends readonly Axis[] = readonly Axis[]> {
  readonly data: Float32Array;
  readonly shape: readonly number[];
  readonly axes: A;
}

/** Number of entries of a shape: the product of its lengths. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Flat offset of `index` in a row-major tensor of `shape`. Throws a RangeError that names the axis that is out of range. */
export function offsetOf(shape: readonly number[], index: readonly number[]): number {
  if (index.length !== shape.length) {
    throw new RangeError(`index has ${index.length} entries, the tensor has ${shape.length} axes`);
  }
  let offset = 0;
  for (let axis = 0; axis < shape.length; axis++) {
    const at = index[axis] ?? -1;
    const length = shape[axis] ?? 0;
    if (!Number.isInteger(at) || at < 0 || at >= length) {
      throw new RangeError(`index ${at} on axis ${axis} is outside 0…${length - 1}`);
    }
    offset = offset * length + at;
  }
  return offset;
}

/** One number of a tensor. */
export function at(tensor: Tensor, ...index: number[]): number {
  return tensor.data[offsetOf(tensor.shape, index)] ?? Number.NaN;
}

/** A view (no copy) of the tensor with its first axis fixed, e.g. one head of [head, query_pos, key_pos]. */
export function first(tensor: Tensor, index: number): Tensor {
  const shape = tensor.shape.slice(1);
  const size = sizeOf(shape);
  offsetOf(tensor.shape.slice(0, 1), [index]);
  return {
    data: tensor.data.subarray(index * size, (index + 1) * size),
    shape,
    axes: tensor.axes.slice(1),
  };
}

/** Where the first NaN or infinity is; null where every number is finite. */
export function notFiniteIn(values: Float32Array): number | null {
  // One sum instead of a call for each: 0 · x is 0 for what is finite, else NaN.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] ?? 0) * 0;
  return sum === 0 ? null : values.findIndex((value) => !Number.isFinite(value));
}
