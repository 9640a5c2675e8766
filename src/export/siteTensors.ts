import { writeSafetensors } from "../model/safetensorsWriter";
import type { PickedSite } from "./pickedSite";

/** One site as a safetensors file; the metadata says the model, the axes in their order, the head and the tokens. */
export function writeSiteTensors({
  name,
  modelId,
  head,
  tensor,
  tokens,
}: PickedSite): Uint8Array<ArrayBuffer> {
  const named = tensor.axes.flatMap((axis, at) => {
    const own = tokens[at];
    return own == null ? [] : [[`${axis}_tokens`, JSON.stringify(own.map(({ text }) => text))]];
  });
  const metadata: Record<string, string> = {
    model: modelId,
    axes: tensor.axes.join(","),
    ...(head !== null && { head: String(head) }),
    ...Object.fromEntries(named),
  };
  return writeSafetensors([{ name, shape: tensor.shape, data: tensor.data }], metadata);
}
