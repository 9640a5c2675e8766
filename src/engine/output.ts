import type { StackSource } from "./input";
import type { Buf } from "./kernels/kernels";
import { linear } from "./mlp";
import { norm } from "./norm";
import type { Pass } from "./pass";
import type { HeadSpec, ModelSpec } from "./spec";
import type { StackOutput } from "./stack";

/** Which positions get logits over the vocabulary. */
export type LogitRows = "all" | "last" | "none";

type LmHead = Extract<HeadSpec, { kind: "lm" }>;
type SequenceHead = Extract<HeadSpec, { kind: "sequence" }>;

/** Records `logits` (and `nsp_logits`) from the output of the last stack [pos, d_model]. */
export function heads(pass: Pass, spec: ModelSpec, output: StackOutput, logits: LogitRows): void {
  if (logits === "none") return;
  const { dModel } = output.source.stack;
  for (const head of spec.heads) {
    if (head.kind === "lm") {
      const last = pass.kernels.slice(output.value, output.value.length - dModel, dModel);
      readLogits(pass, head, dModel, logits === "last" ? last : output.value);
    } else if (head.kind === "sequence") sequence(pass, head, dModel, output);
    else {
      const value = linear(pass, "classifier.W", "classifier.b", output.value);
      const labels = head.labels.length;
      pass.put("logits", value, [value.length / labels, labels], ["pos", "label"]);
    }
  }
}

/**
 * logits = scale·t(x) W_U + b_U; t is the identity, or dense → activation → LayerNorm (BERT's masked LM). Equations 40–42
 * of docs/maths.md. x [pos, d_model] → [pos, d_vocab]
 */
export function readLogits(pass: Pass, head: LmHead, dModel: number, input: Buf): Buf {
  const { kernels } = pass;
  let x = input;
  const rows = x.length / dModel;
  if (head.transform !== null) {
    const { width, activation, norm: normSpec } = head.transform;
    const dense = linear(pass, "mlm_head.W_dense", "mlm_head.b_dense", x);
    pass.put("mlm_head.step_dense", dense, [rows, width]);
    const act = kernels.alloc(dense.length);
    kernels.activate(act, dense, activation);
    pass.put("mlm_head.step_act", act, [rows, width]);
    x = norm(pass, "mlm_head.ln", "mlm_head.ln", normSpec, act, width);
  }
  if (head.scale !== 1) {
    const scaled = kernels.alloc(x.length);
    kernels.scale(scaled, x, head.scale);
    x = scaled;
  }
  const logits = linear(pass, "unembed.W_U", "unembed.b_U", x);
  return pass.put("logits", logits, [rows, logits.length / rows]);
}

/** One row of label logits: act(x_p W_pool + b_pool) W + b, p the first or the last real position. Equations 43–45. [one, label] */
function sequence(pass: Pass, head: SequenceHead, dModel: number, output: StackOutput): void {
  const { kernels } = pass;
  const row = head.pool === "first" ? 0 : lastReal(output.source);
  let x = kernels.slice(output.value, row * dModel, dModel);
  if (head.hidden !== null) {
    const dense = linear(pass, "pooler.W", "pooler.b", x);
    pass.put("pooler.step_dense", dense, [1, dModel]);
    const act = kernels.alloc(dModel);
    kernels.activate(act, dense, head.hidden.activation);
    x = pass.put("pooler.hook_pooler_out", act, [1, dModel]);
  }
  const name = head.site === "logits" ? "classifier" : "nsp";
  const value = linear(pass, `${name}.W`, `${name}.b`, x);
  pass.put(head.site, value, [1, head.labels.length], ["one", "label"]);
}

/** The last position that is not padding. */
export function lastReal({ ids, padding }: StackSource): number {
  const last = padding?.lastIndexOf(1) ?? -1;
  return last >= 0 ? last : ids.length - 1;
}
