import { matrixOf } from "../prepare";
import { stackPrefix } from "../sites";
import type { StackSpec } from "../spec";
import { normSitesBack } from "./block";
import { linearBack } from "./products";
import type { Tape } from "./tape";

/** Records the gradients of the embeddings from that of what entered the first block. [pos, d_model] */
export function embedBack(tape: Tape, stack: StackSpec, dFull: Float32Array): void {
  const prefix = stackPrefix(stack.name);
  const { embed } = stack;
  let dx = tape.put(`${prefix}hook_full_embed`, dFull);
  if (embed.kind === "tokens" && embed.projection) {
    dx = linearBack(tape.model.kernels, matrixOf(tape.model, `${prefix}embed.W_proj`), dx);
  }
  if (embed.norm !== null) {
    dx = normSitesBack(tape, `${prefix}embed.ln`, `${prefix}embed.ln`, embed.norm, dx);
    tape.put(`${prefix}step_embed_sum`, dx);
  }
  for (const term of ["hook_embed", "hook_pos_embed", "hook_token_type_embed"])
    tape.put(`${prefix}${term}`, dx);
}
