import { UnknownSiteError } from "../../../engine/errors";
import type { OUTPUT_SITES } from "../../../engine/sites";
import type { HeadSpec } from "../../../engine/spec";
import {
  type At,
  cell,
  constant,
  dot,
  type Expression,
  optional,
  product,
  slice,
  sum,
  weight,
} from "../expression";
import type { Place } from "../place";
import { normReaders } from "../readers";
import { entries, type Rule } from "../rule";
import { stackOutput } from "../wiring";

type OutputSite = Exclude<keyof typeof OUTPUT_SITES, `mlm_head.ln.${string}`>;
type Sequence = Extract<HeadSpec, { kind: "sequence" }>;

/** What is read off the last stack: logits over the vocabulary or over labels. */
export const OUTPUT_RULES: Record<OutputSite, Rule> = {
  "mlm_head.step_dense": {
    explain: (place, index) => {
      const [pos, d] = entries(index);
      return {
        formula: "headDense",
        expression: affine(
          slice(stackOutput(place.stack), pos, null),
          "mlm_head.W_dense",
          "mlm_head.b_dense",
          d,
        ),
      };
    },
    next: (_, index) => [slice("mlm_head.step_act", ...index)],
  },
  "mlm_head.step_act": {
    explain: (place, index) => {
      const kind = languageHead(place).transform?.activation;
      if (kind === undefined) throw missing(place);
      const of = cell("mlm_head.step_dense", ...index);
      return { formula: "headActivation", expression: { op: "activation", kind, of } };
    },
    next: (place, index) => {
      const [pos, d] = entries(index);
      const norm = languageHead(place).transform?.norm;
      return norm === undefined ? [] : normReaders("mlm_head.ln.", norm, pos, d);
    },
  },
  "pooler.step_dense": {
    explain: (place, index) => {
      const [, d] = entries(index);
      const head = place.spec.heads.find((each) => each.kind === "sequence" && each.hidden !== null);
      if (head?.kind !== "sequence") throw missing(place);
      return { formula: "poolerDense", expression: affine(pooled(place, head), "pooler.W", "pooler.b", d) };
    },
    next: (_, index) => [slice("pooler.hook_pooler_out", ...index)],
  },
  "pooler.hook_pooler_out": {
    explain: (place, index) => {
      const head = place.spec.heads.find((each) => each.kind === "sequence" && each.hidden !== null);
      if (head?.kind !== "sequence" || head.hidden === null) throw missing(place);
      const of = cell("pooler.step_dense", ...index);
      return { formula: "poolerOut", expression: { op: "activation", kind: head.hidden.activation, of } };
    },
    next: ({ spec }) =>
      spec.heads.flatMap((head) =>
        head.kind === "sequence" && head.hidden !== null ? [slice(head.site, 0, null)] : [],
      ),
  },
  logits: {
    explain: (place, index) => {
      const [pos, column] = entries(index);
      const head = place.spec.heads.find((each) => each.kind !== "sequence" || each.site === "logits");
      if (head === undefined) throw missing(place);
      if (head.kind === "sequence") return sequenceLogits(place, head, column);
      if (head.kind === "token") {
        const row = slice(stackOutput(place.stack), pos, null);
        return { formula: "labelLogits", expression: affine(row, "classifier.W", "classifier.b", column) };
      }
      const reads = head.transform === null ? stackOutput(place.stack) : "mlm_head.ln.hook_out";
      const score = dot(slice(reads, pos, null), weight("unembed.W_U", null, column));
      return {
        formula: "vocabularyLogits",
        expression: sum(
          head.scale === 1 ? score : product(constant("scale", head.scale), score),
          optional("unembed.b_U", 0, column),
        ),
      };
    },
    next: () => [],
  },
  nsp_logits: {
    explain: (place, index) => {
      const [, column] = entries(index);
      const head = place.spec.heads.find((each) => each.kind === "sequence" && each.site === "nsp_logits");
      if (head?.kind !== "sequence") throw missing(place);
      return sequenceLogits(place, head, column);
    },
    next: () => [],
  },
};

function sequenceLogits(place: Place, head: Sequence, column: number): ReturnType<Rule["explain"]> {
  const name = head.site === "nsp_logits" ? "nsp" : "classifier";
  const row = head.hidden === null ? pooled(place, head) : slice("pooler.hook_pooler_out", 0, null);
  return { formula: "labelLogits", expression: affine(row, `${name}.W`, `${name}.b`, column) };
}

/** The row of the stack's output that stands for the whole sequence. */
function pooled(place: Place, head: Sequence) {
  const at: At = head.pool === "first" ? 0 : { input: "last", stack: place.stack.name, at: 0 };
  return slice(stackOutput(place.stack), at, null);
}

function affine(row: ReturnType<typeof slice>, matrix: string, bias: string, column: number): Expression {
  return sum(dot(row, weight(matrix, null, column)), optional(bias, 0, column));
}

function languageHead(place: Place): Extract<HeadSpec, { kind: "lm" }> {
  const head = place.spec.heads.find((each) => each.kind === "lm");
  if (head?.kind !== "lm") throw missing(place);
  return head;
}

function missing(place: Place): UnknownSiteError {
  return new UnknownSiteError({ site: place.site, model: place.spec.family });
}
