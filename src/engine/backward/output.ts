import { TargetError } from "../errors";
import type { StackSource } from "../input";
import { lastReal } from "../output";
import { matrixOf } from "../prepare";
import type { HeadSpec, ModelSpec } from "../spec";
import { vocabOf } from "../weights";
import { normSitesBack } from "./block";
import { activateBack, linearBack } from "./products";
import type { Tape } from "./tape";

type LmHead = Extract<HeadSpec, { kind: "lm" }>;
type SequenceHead = Extract<HeadSpec, { kind: "sequence" }>;

/** A number that the gradients are of. */
export type Target =
  /** One logit: of a vocabulary id at a position, or of a label (position 0 for a sequence classifier). */
  | {
      readonly kind: "logit";
      readonly site: "logits" | "nsp_logits";
      readonly position: number;
      readonly id: number;
    }
  /** Σ log softmax(logits at position)[id]. */
  | {
      readonly kind: "logProbability";
      readonly site: "logits" | "nsp_logits";
      readonly targets: readonly { readonly position: number; readonly id: number }[];
    };

/** From a target to the gradient of the last stack's output. [pos, d_model] */
export function outputBack(tape: Tape, spec: ModelSpec, source: StackSource, target: Target): Float32Array {
  const { kernels } = tape.model;
  const rows = source.ids.length;
  const { dModel } = source.stack;
  const logits = tape.site(target.site);
  const head = spec.heads.find((one) => siteOf(one) === target.site);
  if (head === undefined) throw new TargetError({ site: target.site, ...firstOf(target) });
  const width = head.kind === "lm" ? vocabOf(spec) : head.labels.length;
  const computed = logits.length / width;
  const firstRow = head.kind === "sequence" ? 0 : rows - computed;
  const dLogits = tape.put(target.site, targetBack(logits, width, firstRow, target));
  if (head.kind === "lm") return atRows(languageModelBack(tape, head, dLogits), rows, dModel, firstRow);
  if (head.kind === "token") return linearBack(kernels, matrixOf(tape.model, "classifier.W"), dLogits);
  const row = head.pool === "first" ? 0 : lastReal(source);
  return atRows(sequenceBack(tape, head, dLogits), rows, dModel, row);
}

function siteOf(head: HeadSpec): Target["site"] {
  return head.kind === "sequence" ? head.site : "logits";
}

function firstOf(target: Target): { readonly position: number; readonly id: number } {
  return target.kind === "logit" ? target : (target.targets[0] ?? { position: 0, id: 0 });
}

function languageModelBack(tape: Tape, head: LmHead, dLogits: Float32Array): Float32Array {
  const { model } = tape;
  const dx = linearBack(model.kernels, matrixOf(model, "unembed.W_U"), dLogits).map((g) => g * head.scale);
  if (head.transform === null) return dx;
  const { activation, norm } = head.transform;
  const dAct = tape.put("mlm_head.step_act", normSitesBack(tape, "mlm_head.ln", "mlm_head.ln", norm, dx));
  const dense = tape.site("mlm_head.step_dense");
  const dDense = tape.put("mlm_head.step_dense", activateBack(activation, dense, dAct));
  return linearBack(model.kernels, matrixOf(model, "mlm_head.W_dense"), dDense);
}

function sequenceBack(tape: Tape, head: SequenceHead, dLogits: Float32Array): Float32Array {
  const { model } = tape;
  const name = head.site === "logits" ? "classifier" : "nsp";
  const dx = linearBack(model.kernels, matrixOf(model, `${name}.W`), dLogits);
  if (head.hidden === null) return dx;
  const dense = tape.site("pooler.step_dense");
  tape.put("pooler.hook_pooler_out", dx);
  const dDense = tape.put("pooler.step_dense", activateBack(head.hidden.activation, dense, dx));
  return linearBack(model.kernels, matrixOf(model, "pooler.W"), dDense);
}

/** The given rows in a matrix of zeros, from row `first` on. [rows, width] */
function atRows(values: Float32Array, rows: number, width: number, first: number): Float32Array {
  const all = new Float32Array(rows * width);
  all.set(values, first * width);
  return all;
}

/** The gradient of a target to its logits. [rows, d_vocab or label] */
function targetBack(logits: Float32Array, width: number, firstRow: number, target: Target): Float32Array {
  const gradient = new Float32Array(logits.length);
  const targets = target.kind === "logit" ? [target] : target.targets;
  for (const { position, id } of targets) {
    const start = (position - firstRow) * width;
    if (start < 0 || start >= logits.length || id < 0 || id >= width) {
      throw new TargetError({ site: target.site, position, id });
    }
    gradient[start + id] += 1;
    if (target.kind === "logit") continue;
    const row = logits.subarray(start, start + width);
    const max = row.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
    const sum = row.reduce((total, logit) => total + Math.exp(logit - max), 0);
    row.forEach((logit, n) => {
      gradient[start + n] -= Math.exp(logit - max) / sum;
    });
  }
  return gradient;
}
