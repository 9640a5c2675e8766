import type { Tensor } from "../engine/tensor";
import { float } from "./float";
import type { PickedSite } from "./pickedSite";

/** A site as JSON: its name, axes, shape, tokens, and its numbers nested by axis. JSON has no infinities: they are strings. In lots. */
export function* jsonLots({ name, modelId, head, tensor, tokens }: PickedSite): Generator<string> {
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
  yield `${body},\n "data": `;
  yield* nested(tensor);
  yield "\n}\n";
}

/** A site as a JSON file. */
export function writeJson(site: PickedSite): string {
  return [...jsonLots(site)].join("");
}

function* nested({ data, shape }: Tensor, axis = 0, offset = 0): Generator<string> {
  const length = shape[axis] ?? 1;
  if (axis >= shape.length - 1) {
    const row = Array.from(data.subarray(offset, offset + length), (value) =>
      Number.isFinite(value) ? float(value) : `"${float(value)}"`,
    );
    yield `[${row.join(", ")}]`;
    return;
  }
  const size = shape.slice(axis + 1).reduce((product, each) => product * each, 1);
  yield "[";
  for (let at = 0; at < length; at++) {
    if (at > 0) yield ",\n  ";
    yield* nested({ data, shape, axes: [] }, axis + 1, offset + at * size);
  }
  yield "]";
}
