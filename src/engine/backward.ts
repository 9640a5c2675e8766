import { type BlockLengths, blockBack, normSitesBack } from "./backward/block";
import { embedBack } from "./backward/embed";
import { outputBack, type Target } from "./backward/output";
import { createTape, plus, type Tape } from "./backward/tape";
import { type StackSource, stackSources } from "./input";
import type { PreparedModel } from "./prepare";
import { stackPrefix } from "./sites";
import type { Tensor } from "./tensor";
import type { Capture, RunInput, Sites } from "./trace";

/** What a run must keep for its gradients; those of a site are found only where the site itself was kept. */
export const NEEDED_FOR_GRADIENTS: Capture = [
  "*hook_scale",
  "*hook_normalized",
  "*attn.hook_q",
  "*attn.hook_k",
  "*attn.hook_v",
  "*attn.hook_rot_*",
  "*attn.hook_pattern",
  "*attn.step_phi_*",
  "*attn.step_hidden",
  "*attn.step_row_sum",
  "*attn.step_relu2",
  "*attn.step_gate",
  "*attn.hook_z",
  "*ln1.hook_out",
  "*hook_resid_pre",
  "*mlp.hook_pre*",
  "mlm_head.*",
  "pooler.*",
];

/**
 * Reverse mode: the gradient of a target to every site that the trace holds, as `{site}_grad` with the site's shape and
 * axes. `sites` is the trace of a run of the same input without edits. The gradient of a site is that of all paths from
 * it to the target, with the stages before it held fixed. Throws MissingSiteError when the trace lacks one of
 * NEEDED_FOR_GRADIENTS, TargetError for a logit that does not exist.
 */
export function backward(
  model: PreparedModel,
  sites: Sites,
  input: RunInput,
  target: Target,
): Readonly<Record<string, Tensor>> {
  const tape = createTape(model, sites);
  const sources = stackSources(model.spec, input);
  const mark = model.kernels.mark();
  try {
    let gradient: Float32Array | null = null;
    for (let index = sources.length - 1; index >= 0; index--) {
      const source = sources[index];
      const memory = index > 0 ? sources[index - 1] : null;
      gradient = stackBack(tape, source, memory, gradient ?? outputBack(tape, model.spec, source, target));
    }
    return Object.fromEntries(tape.gradients);
  } finally {
    model.kernels.release(mark);
  }
}

/** One stack backwards; returns the gradient of the encoder's output that it read, or null. [pos, d_model] */
function stackBack(
  tape: Tape,
  { stack, ids, padding }: StackSource,
  memory: StackSource | null,
  dOutput: Float32Array,
): Float32Array | null {
  const name = `${stackPrefix(stack.name)}ln_final`;
  const lengths: BlockLengths = {
    self: { queries: ids.length, keys: ids.length, padding },
    cross: memory && { queries: ids.length, keys: memory.ids.length, padding: memory.padding },
  };
  let dx = stack.finalNorm === null ? dOutput : normSitesBack(tape, name, name, stack.finalNorm, dOutput);
  let dMemory: Float32Array | null = null;
  for (let layer = stack.layers.length - 1; layer >= 0; layer--) {
    const back = blockBack(tape, stack, layer, lengths, dx);
    dx = back.x;
    if (back.memory !== null) dMemory = dMemory === null ? back.memory : plus(dMemory, back.memory);
  }
  embedBack(tape, stack, dx);
  return dMemory;
}
