import type { Tensor } from "../engine/tensor";
import { float } from "./float";
import type { PickedSite } from "./pickedSite";

/** A site as JSON: its name, axes, shape, tokens, and its numbers nested by axis. JSON has no infinities: they are strings. */
export function writeJson({ name, modelId, head, tensor, tokens }: PickedSite): string {
  const facts = {
    model: modelId,
    site: name,
    ...(head !== null && { head }),
    axes: tensor.axes,
    shape: tensor.shape,
    tokens: Object.fromEntries(
      tensor.axes.flatMap((axis, at) => {
        const named = tokens[at];
        return named == null ? [] : [[axis, named.map(({ id, text }) => ({ id, text }))]];
      }),
    ),
  };
  const body = JSON.stringify(facts, null, 1).replace(/\n\}$/, "");
  return `${body},\n "data": ${nested(tensor)}\n}\n`;
}

function nested({ data, shape }: Tensor, axis = 0, offset = 0): string {
  const length = shape[axis] ?? 1;
  if (axis >= shape.length - 1) {
    const row = Array.from(data.subarray(offset, offset + length), (value) =>
      Number.isFinite(value) ? float(value) : `"${float(value)}"`,
    );
    return `[${row.join(", ")}]`;
  }
  const size = shape.slice(axis + 1).reduce((product, each) => product * each, 1);
  const parts = Array.from({ length }, (_, at) =>
    nested({ data, shape, axes: [] }, axis + 1, offset + at * size),
  );
  return `[${parts.join(",\n  ")}]`;
}
