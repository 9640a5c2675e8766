import type { LogitRows } from "./output";
import { placeOf } from "./positions";
import { ATTN_SITES, type NormPlace, stackPrefix } from "./sites";
import type { AttentionSpec, BlockSpec, GatedUnit, HeadSpec, ModelSpec, NormSpec, StackSpec } from "./spec";
import type { Axis } from "./tensor";
import { lastStack, usesQueries, vocabOf } from "./weights";

type Shapes = readonly (readonly [name: string, shape: readonly number[]])[];

/**
 * Every site that a run of this spec records, with its shape, in the order of the forward pass. `lengths`: positions of
 * each stack (an image counts its patches and the class). A test compares it with real runs.
 */
export function siteShapes(
  spec: ModelSpec,
  lengths: readonly number[],
  logits: LogitRows,
): ReadonlyMap<string, readonly number[]> {
  const stacks = spec.stacks.flatMap((stack, index) => stackShapes(stack, lengths[index], lengths[0]));
  const output = logits === "none" ? [] : outputShapes(spec, lengths[lengths.length - 1], logits);
  return new Map([...stacks, ...output]);
}

function normShapes(name: string, norm: NormSpec | null, rows: number, width: number): Shapes {
  if (norm === null) return [];
  const mean: Shapes = norm.kind === "layer" ? [[`${name}.step_mean`, [rows, 1]]] : [];
  return [
    ...mean,
    [`${name}.hook_scale`, [rows, 1]],
    [`${name}.hook_normalized`, [rows, width]],
    [`${name}.hook_out`, [rows, width]],
  ];
}

function stackShapes(stack: StackSpec, length: number, memoryLength: number): Shapes {
  const prefix = stackPrefix(stack.name);
  const { embed, dModel } = stack;
  const input = [length, embed.kind === "tokens" ? embed.width : dModel];
  return [
    [`${prefix}hook_embed`, input],
    ...when(placeOf(embed.positions) === "input", [`${prefix}hook_pos_embed`, input]),
    ...when(embed.kind === "tokens" && embed.types > 0, [`${prefix}hook_token_type_embed`, input]),
    ...when(embed.norm !== null, [`${prefix}step_embed_sum`, input]),
    ...normShapes(`${prefix}embed.ln`, embed.norm, length, input[1]),
    [`${prefix}hook_full_embed`, [length, dModel]],
    ...stack.layers.flatMap((block, layer) =>
      blockShapes(`${stack.name}.${layer}`, stack, block, length, memoryLength),
    ),
    ...normShapes(`${prefix}ln_final`, stack.finalNorm, length, dModel),
  ];
}

function when(condition: boolean, entry: Shapes[number]): Shapes {
  return condition ? [entry] : [];
}

function blockShapes(
  name: string,
  { dModel, embed }: StackSpec,
  block: BlockSpec,
  length: number,
  memoryLength: number,
): Shapes {
  const { norm, cross, mlp, unit } = block;
  const stream = [length, dModel];
  const inner = [length, mlp.dMlp];
  const two: readonly NormPlace[] = cross === null ? ["ln1", "ln2"] : ["ln1", "ln2", "ln3"];
  const norms = unit === undefined ? two : two.slice(0, 1);
  const added = placeOf(embed.positions);
  const attention = [
    ...when(added === "queriesAndKeys", [`${name}.attn.step_pos_input`, stream]),
    ...attentionShapes(`${name}.attn`, block.attn, dModel, length, length, unit),
  ];
  const upToAttention: Shapes = [
    ...when(added === "layers", [`${name}.step_pos_embed`, stream]),
    [`${name}.hook_resid_pre`, stream],
    ...norms.flatMap((place) => normShapes(`${name}.${place}`, norm, length, dModel)),
    ...attention,
    [`${name}.hook_attn_out`, stream],
  ];
  const end: Shapes = [
    [`${name}.hook_resid_post`, stream],
    ...when(block.place === "post" && norm !== null, [`${name}.hook_normalized_resid_post`, stream]),
  ];
  if (unit !== undefined) return [...upToAttention, ...end];
  return [
    ...upToAttention,
    ...when(!block.parallel, [`${name}.hook_resid_mid`, stream]),
    ...(cross === null ? [] : attentionShapes(`${name}.cross_attn`, cross, dModel, length, memoryLength)),
    ...when(cross !== null, [`${name}.hook_cross_attn_out`, stream]),
    ...when(cross !== null, [`${name}.hook_resid_mid_cross`, stream]),
    [`${name}.mlp.hook_pre`, inner],
    ...when(mlp.gated, [`${name}.mlp.hook_pre_linear`, inner]),
    [`${name}.mlp.hook_post`, inner],
    [`${name}.hook_mlp_out`, stream],
    ...end,
  ];
}

function attentionShapes(
  name: string,
  spec: AttentionSpec,
  dModel: number,
  queries: number,
  keys: number,
  unit?: GatedUnit,
): Shapes {
  const lengths: Readonly<Record<string, number>> = {
    head: spec.nHeads,
    kv_head: spec.nKvHeads,
    query_pos: queries,
    key_pos: keys,
    d_head: spec.dHead,
    d_model: dModel,
    one: 1,
  };
  const absent = absentSites(spec, unit);
  const wide = wideSites(spec, unit);
  const shape = (site: string, axes: readonly Axis[]) =>
    axes.map((axis) => (axis === "d_head" ? (wide[site] ?? spec.dHead) : lengths[axis]));
  return Object.entries(ATTN_SITES)
    .filter(([site]) => site !== "step_pos_input" && !absent.has(site))
    .map(([site, axes]) => [`${name}.${site}`, shape(site, axes)]);
}

/** Stages that an attention of this kind does not have. */
function absentSites({ positions, score, normaliser }: AttentionSpec, unit?: GatedUnit): ReadonlySet<string> {
  const product = score.kind === "dot" || score.kind === "linear";
  const without = (condition: boolean, ...sites: readonly (keyof typeof ATTN_SITES)[]) =>
    condition ? [] : sites;
  const isSoftmax = normaliser.kind === "softmax" || normaliser.kind === "softmaxPlusOne";
  return new Set([
    ...without(positions.kind === "rotary", "hook_rot_q", "hook_rot_k"),
    ...without(positions.kind === "buckets" || positions.kind === "alibi", "step_bias"),
    ...without(usesQueries(score), "hook_q", "hook_k", "hook_rot_q", "hook_rot_k"),
    ...without(score.kind === "dense", "step_hidden"),
    ...without(score.kind === "linear", "step_phi_q", "step_phi_k"),
    ...without(product, "step_dot"),
    ...without(isSoftmax, "step_row_max", "step_exp"),
    ...without(isSoftmax || normaliser.kind === "sum", "step_row_sum"),
    ...without(normaliser.kind === "squaredRelu", "step_relu2"),
    ...without(unit !== undefined, "step_gate", "step_shared", "step_gated"),
  ]);
}

/** Widths of sites that are not d_head wide. */
function wideSites({ score }: AttentionSpec, unit?: GatedUnit): Readonly<Record<string, number>> {
  const hidden = score.kind === "dense" ? { step_hidden: score.hidden } : {};
  const map = score.kind === "linear" ? score.features : null;
  const features = map?.kind === "positiveRandom" ? { step_phi_q: map.count, step_phi_k: map.count } : {};
  const width = unit?.width;
  const gated =
    width === undefined ? {} : { hook_v: width, hook_z: width, step_gate: width, step_gated: width };
  return { ...hidden, ...features, ...gated };
}

function outputShapes(spec: ModelSpec, length: number, logits: LogitRows): Shapes {
  return spec.heads.flatMap((head) => headShapes(spec, head, length, logits));
}

function headShapes(spec: ModelSpec, head: HeadSpec, length: number, logits: LogitRows): Shapes {
  const { dModel } = lastStack(spec);
  if (head.kind === "token") return [["logits", [length, head.labels.length]]];
  if (head.kind === "sequence") {
    return [
      ...when(head.hidden !== null, ["pooler.step_dense", [1, dModel]]),
      ...when(head.hidden !== null, ["pooler.hook_pooler_out", [1, dModel]]),
      [head.site, [1, head.labels.length]],
    ];
  }
  const rows = logits === "last" ? 1 : length;
  const width = head.transform?.width ?? 0;
  return [
    ...when(head.transform !== null, ["mlm_head.step_dense", [rows, width]]),
    ...when(head.transform !== null, ["mlm_head.step_act", [rows, width]]),
    ...normShapes("mlm_head.ln", head.transform?.norm ?? null, rows, width),
    ["logits", [rows, vocabOf(spec)]],
  ];
}
