import { readLogits } from "./output";
import { createPass } from "./pass";
import type { PreparedModel } from "./prepare";
import { stackFinal } from "./stack";
import { lastStack } from "./weights";

/**
 * Logits over the vocabulary of any states of the last stack's stream: the final LayerNorm, then the language-model head
 * (equations 9–13 and 40–42 of docs/maths.md). For logits on demand and for reading the stream between two blocks.
 * states [rows, d_model] → [rows, d_vocab]; null when the model has no such head.
 */
export function readOut(model: PreparedModel, states: Float32Array): Float32Array | null {
  const { kernels, spec } = model;
  const head = spec.heads.find((one) => one.kind === "lm");
  if (head === undefined) return null;
  const mark = kernels.mark();
  try {
    const pass = createPass(model, () => false, []);
    const x = kernels.alloc(states.length);
    x.data.set(states);
    const stack = lastStack(spec);
    return readLogits(pass, head, stack.dModel, stackFinal(pass, stack, x)).data.slice();
  } finally {
    kernels.release(mark);
  }
}
