import { stackPrefix } from "./sites";
import type {
  AttentionSpec,
  BlockSpec,
  GatedUnit,
  LearnedRule,
  ModelSpec,
  NormSpec,
  ScoreRule,
  StackSpec,
} from "./spec";

/** One tensor as a file holds it: F32 values, and for a matrix whether they lie [in, out] or [out, in]. */
export interface WeightTensor {
  readonly values: Float32Array;
  /** As stored: [in, out] when layout is "in_out", [out, in] when it is "out_in"; one length for a vector. */
  readonly shape: readonly number[];
  readonly layout: "in_out" | "out_in";
}

/** Where weights come from, by canonical name. Tensors are read one at a time, so a large file need not be in memory twice. */
export interface WeightSource {
  has(name: string): boolean;
  /** Shape by the canonical convention (matrices [in, out]; tables [rows, width]), or null when there is no such tensor. */
  shape(name: string): readonly number[] | null;
  /** F32 values, layout "in_out" or "out_in" for matrices. Embedding tables [rows, width] are "in_out". */
  read(name: string): WeightTensor;
  /** The canonical name whose storage this one shares (a tied unembed.W_U is embed.W_E), or null. */
  alias(name: string): string | null;
}

/** One tensor that a spec needs. */
export interface WeightNeed {
  readonly name: string;
  /** Matrices [in, out], tables [rows, width], vectors [length]. */
  readonly shape: readonly number[];
  /** Biases may be absent; everything else must be there. */
  readonly optional: boolean;
  /** How it is used: `linear` multiplies a matrix, a table is read row by row, a vector is added or multiplied. */
  readonly kind: "matrix" | "table" | "vector";
  /** A matrix is packed in this many equal groups of rows (W_O: one per head), otherwise 1. */
  readonly parts: number;
}

/**
 * Every tensor that a spec needs, in the order of the forward pass, each once (layers that share weights name them once).
 * A loader lists what is missing, extra or mis-shaped by comparing a file with this.
 */
export function weightNames(spec: ModelSpec): readonly WeightNeed[] {
  const needs = [...spec.stacks.flatMap(stackWeights), ...headWeights(spec)];
  return [...new Map(needs.map((need) => [need.name, need])).values()];
}

function matrix(name: string, rows: number, columns: number, parts = 1): WeightNeed {
  return { name, shape: [rows, columns], optional: false, kind: "matrix", parts };
}

function table(name: string, rows: number, width: number): WeightNeed {
  return { name, shape: [rows, width], optional: false, kind: "table", parts: 1 };
}

function vector(name: string, length: number): WeightNeed {
  return { name, shape: [length], optional: false, kind: "vector", parts: 1 };
}

function bias(name: string, length: number): WeightNeed {
  return { ...vector(name, length), optional: true };
}

function normWeights(name: string, norm: NormSpec | null, width: number): readonly WeightNeed[] {
  if (norm === null || norm.affine === false) return [];
  const gain = vector(`${name}.w`, width);
  return norm.kind === "layer" ? [gain, bias(`${name}.b`, width)] : [gain];
}

function stackWeights(stack: StackSpec): readonly WeightNeed[] {
  const prefix = stackPrefix(stack.name);
  return [
    ...embedWeights(stack, prefix),
    ...stack.layers.flatMap((block) => blockWeights(stack, block)),
    ...normWeights(`${prefix}ln_final`, stack.finalNorm, stack.dModel),
  ];
}

function embedWeights({ embed, dModel }: StackSpec, prefix: string): readonly WeightNeed[] {
  const width = embed.kind === "tokens" ? embed.width : dModel;
  const needs: WeightNeed[] = [];
  if (embed.kind === "tokens") {
    needs.push(table(`${prefix}embed.W_E`, embed.vocab, width));
    if (embed.types > 0) needs.push(table(`${prefix}type_embed.W_type`, embed.types, width));
    if (embed.projection) {
      needs.push(matrix(`${prefix}embed.W_proj`, width, dModel), bias(`${prefix}embed.b_proj`, dModel));
    }
  } else {
    needs.push(
      matrix(`${prefix}embed.W_patch`, embed.channels * embed.patch * embed.patch, dModel),
      bias(`${prefix}embed.b_patch`, dModel),
      vector(`${prefix}embed.cls`, dModel),
    );
  }
  if (embed.positions.kind === "learned") {
    needs.push(table(`${prefix}pos_embed.W_pos`, embed.positions.length, width));
  }
  return [...needs, ...normWeights(`${prefix}embed.ln`, embed.norm, width)];
}

/** The prefix of a block's weights: `blocks.0`; shared layers point at the layer that owns them. */
export function blockWeightsName(stack: StackSpec, block: BlockSpec): string {
  return `${stack.name}.${block.weightsOf}`;
}

function blockWeights(stack: StackSpec, block: BlockSpec): readonly WeightNeed[] {
  const name = blockWeightsName(stack, block);
  const { dModel } = stack;
  const { dMlp, gated } = block.mlp;
  const norms = block.cross === null ? ["ln1", "ln2"] : ["ln1", "ln2", "ln3"];
  if (block.unit !== undefined) {
    return [
      ...normWeights(`${name}.ln1`, block.norm, dModel),
      ...unitWeights(`${name}.attn.unit`, block.unit, block.attn, dModel),
    ];
  }
  return [
    ...norms.flatMap((norm) => normWeights(`${name}.${norm}`, block.norm, dModel)),
    ...attentionWeights(`${name}.attn`, block.attn, dModel),
    ...(block.cross === null ? [] : attentionWeights(`${name}.cross_attn`, block.cross, dModel)),
    matrix(`${name}.mlp.W_in`, dModel, dMlp),
    bias(`${name}.mlp.b_in`, dMlp),
    ...(gated ? [matrix(`${name}.mlp.W_gate`, dModel, dMlp), bias(`${name}.mlp.b_gate`, dMlp)] : []),
    matrix(`${name}.mlp.W_out`, dMlp, dModel),
    bias(`${name}.mlp.b_out`, dModel),
  ];
}

function attentionWeights(name: string, attn: AttentionSpec, dModel: number): readonly WeightNeed[] {
  const queryWidth = attn.nHeads * attn.dHead;
  const keyWidth = attn.nKvHeads * attn.dHead;
  const compared = usesQueries(attn.score)
    ? [
        matrix(`${name}.W_Q`, dModel, queryWidth),
        bias(`${name}.b_Q`, queryWidth),
        matrix(`${name}.W_K`, dModel, keyWidth),
        bias(`${name}.b_K`, keyWidth),
      ]
    : [];
  return [
    ...compared,
    matrix(`${name}.W_V`, dModel, keyWidth),
    bias(`${name}.b_V`, keyWidth),
    matrix(`${name}.W_O`, queryWidth, dModel, attn.nHeads),
    bias(`${name}.b_O`, dModel),
    ...ruleWeights(`${name}.score`, attn, attn.score, dModel),
    ...relativeTable(attn),
  ];
}

function relativeTable({ positions, nHeads }: AttentionSpec): readonly WeightNeed[] {
  return positions.kind === "buckets" ? [table(positions.table, positions.buckets, nHeads)] : [];
}

/** Whether a rule reads queries and keys at all. */
export function usesQueries(score: ScoreRule): boolean {
  if (score.kind === "mixture") return score.of.some(usesQueries);
  return score.kind === "dot" || score.kind === "linear" || score.kind === "additive";
}

/** Weights of a score rule under `{attention}.score`, the parts of a mixture under `.score.{r}`: one part or block for each head. */
function ruleWeights(
  name: string,
  attn: AttentionSpec,
  rule: ScoreRule,
  dModel: number,
): readonly WeightNeed[] {
  if (rule.kind === "dot" || rule.kind === "linear") return [];
  if (rule.kind !== "mixture") return learnedRuleWeights(name, attn, rule, dModel);
  return [
    table(`${name}.mix`, attn.nHeads, rule.of.length),
    ...rule.of.flatMap((part, r) => ruleWeights(`${name}.${r}`, attn, part, dModel)),
  ];
}

function learnedRuleWeights(
  name: string,
  { nHeads, dHead }: AttentionSpec,
  rule: LearnedRule,
  dModel: number,
): readonly WeightNeed[] {
  switch (rule.kind) {
    case "additive":
      return [
        matrix(`${name}.W`, nHeads * dHead, rule.width, nHeads),
        matrix(`${name}.U`, nHeads * dHead, rule.width, nHeads),
        table(`${name}.v`, nHeads, rule.width),
      ];
    case "dense":
      return [
        matrix(`${name}.W_1`, dModel, nHeads * rule.hidden),
        bias(`${name}.b_1`, nHeads * rule.hidden),
        matrix(`${name}.W_2`, nHeads * rule.hidden, rule.length, nHeads),
        table(`${name}.b_2`, nHeads, rule.length),
      ];
    case "factorisedDense":
      return [
        matrix(`${name}.W_A`, dModel, nHeads * rule.a),
        bias(`${name}.b_A`, nHeads * rule.a),
        matrix(`${name}.W_B`, dModel, nHeads * rule.b),
        bias(`${name}.b_B`, nHeads * rule.b),
      ];
    case "random":
      return [table(`${name}.R`, nHeads * rule.length, rule.length)];
    case "factorisedRandom":
      return [
        table(`${name}.R_1`, nHeads * rule.length, rule.rank),
        table(`${name}.R_2`, nHeads * rule.length, rule.rank),
      ];
    default:
      return rule satisfies never;
  }
}

function unitWeights(
  name: string,
  { width }: GatedUnit,
  attn: AttentionSpec,
  dModel: number,
): readonly WeightNeed[] {
  const { dHead } = attn;
  return [
    matrix(`${name}.W_U`, dModel, width),
    bias(`${name}.b_U`, width),
    matrix(`${name}.W_V`, dModel, width),
    bias(`${name}.b_V`, width),
    matrix(`${name}.W_Z`, dModel, dHead),
    bias(`${name}.b_Z`, dHead),
    ...["q", "k"].flatMap((letter) => [
      vector(`${name}.gamma_${letter}`, dHead),
      vector(`${name}.beta_${letter}`, dHead),
    ]),
    matrix(`${name}.W_O`, width, dModel),
    bias(`${name}.b_O`, dModel),
    ...relativeTable(attn),
  ];
}

/** Number of token ids that the output layer scores: the vocabulary of the last stack. */
export function vocabOf(spec: ModelSpec): number {
  const embed = lastStack(spec).embed;
  return embed.kind === "tokens" ? embed.vocab : 0;
}

/** Tokens of the largest vocabulary whose logits go with every trace. */
const LARGE_VOCABULARY = 2 ** 14;

/** Whether logits at every position are most of what a run computes and keeps. */
export function isLargeVocabulary(spec: ModelSpec): boolean {
  return spec.heads.some(({ kind }) => kind === "lm") && vocabOf(spec) > LARGE_VOCABULARY;
}

/** The stack whose output the heads read. */
export function lastStack(spec: ModelSpec): StackSpec {
  const stack = spec.stacks.at(-1);
  if (stack === undefined) throw new Error("a model spec needs at least one stack");
  return stack;
}

function headWeights(spec: ModelSpec): readonly WeightNeed[] {
  const { dModel } = lastStack(spec);
  return spec.heads.flatMap((head) => {
    if (head.kind === "lm") {
      const transform = head.transform;
      const width = transform?.width ?? dModel;
      const dense =
        transform === null
          ? []
          : [
              matrix("mlm_head.W_dense", dModel, width),
              bias("mlm_head.b_dense", width),
              ...normWeights("mlm_head.ln", transform.norm, width),
            ];
      return [...dense, matrix("unembed.W_U", width, vocabOf(spec)), bias("unembed.b_U", vocabOf(spec))];
    }
    const name = head.kind === "sequence" && head.site === "nsp_logits" ? "nsp" : "classifier";
    const pooler =
      head.kind === "sequence" && head.hidden !== null
        ? [matrix("pooler.W", dModel, dModel), bias("pooler.b", dModel)]
        : [];
    return [
      ...pooler,
      matrix(`${name}.W`, dModel, head.labels.length),
      bias(`${name}.b`, head.labels.length),
    ];
  });
}
