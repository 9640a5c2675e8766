import type { Kernels } from "../engine/kernels/kernels";
import { type PreparedModel, prepareSteps } from "../engine/prepare";
import { failure } from "../model/errors";
import type { Listener } from "../model/folder";
import type { LoadedModel } from "../model/load";
import { breathe } from "./breathe";

/** How long weights are packed before messages are let in, in ms. */
const SPELL = 50;
const BYTES = 4;

/**
 * Packs the weights of a loaded model. Of a large one it tells the bytes that are packed (numbers of 4 bytes, whatever
 * they are in the file), and between two spells it can be stopped: it then fails with `aborted`.
 */
export async function packed(
  { spec, weights }: Pick<LoadedModel, "spec" | "weights">,
  kernels: Kernels,
  { signal, onProgress }: Listener,
  spell = SPELL,
): Promise<PreparedModel> {
  const steps = prepareSteps(spec, weights, kernels);
  let begun = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - begun < spell) continue;
    onProgress?.({ loaded: BYTES * step.value.done, total: BYTES * step.value.total });
    await breathe();
    if (signal?.aborted) throw failure("aborted", {});
    begun = performance.now();
  }
}
