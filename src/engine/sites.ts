import type { StackName } from "./spec";
import type { Axis } from "./tensor";

/**
 * Every site of a trace and its axes. `hook_*` is TransformerLens' site of that name and value (batch dropped, head
 * first); `step_*` is ours, a stage that it does not expose.
 */
export const STACK_SITES = {
  hook_embed: ["pos", "d_embed"],
  hook_pos_embed: ["pos", "d_embed"],
  hook_token_type_embed: ["pos", "d_embed"],
  /** The sum of the embeddings, before the embedding LayerNorm (only where there is one). */
  step_embed_sum: ["pos", "d_embed"],
  "embed.ln.step_mean": ["pos", "one"],
  "embed.ln.hook_scale": ["pos", "one"],
  "embed.ln.hook_normalized": ["pos", "d_embed"],
  "embed.ln.hook_out": ["pos", "d_embed"],
  /** What enters the first block. */
  hook_full_embed: ["pos", "d_model"],
  "ln_final.step_mean": ["pos", "one"],
  "ln_final.hook_scale": ["pos", "one"],
  "ln_final.hook_normalized": ["pos", "d_model"],
  "ln_final.hook_out": ["pos", "d_model"],
} as const satisfies Record<string, readonly Axis[]>;

/** One attention's sites; head first, so that one head is a view. */
export const ATTN_SITES = {
  hook_q: ["head", "query_pos", "d_head"],
  hook_k: ["kv_head", "key_pos", "d_head"],
  hook_v: ["kv_head", "key_pos", "d_head"],
  hook_rot_q: ["head", "query_pos", "d_head"],
  hook_rot_k: ["kv_head", "key_pos", "d_head"],
  /** What queries and keys are read from where positions are added there: x + position. */
  step_pos_input: ["pos", "d_model"],
  /** relu(x W₁ + b₁) of a dense Synthesizer. */
  step_hidden: ["head", "query_pos", "d_head"],
  /** φ(q) and φ(k) of linear attention. */
  step_phi_q: ["head", "query_pos", "d_head"],
  step_phi_k: ["kv_head", "key_pos", "d_head"],
  /** A gated unit's U, Z and U ⊙ A V. */
  step_gate: ["head", "query_pos", "d_head"],
  step_shared: ["head", "query_pos", "d_head"],
  step_gated: ["head", "query_pos", "d_head"],
  step_dot: ["head", "query_pos", "key_pos"],
  step_scaled: ["head", "query_pos", "key_pos"],
  /** The bias itself (T5 buckets, ALiBi); scores before the mask = step_scaled + step_bias, or step_scaled·e^step_bias. */
  step_bias: ["head", "query_pos", "key_pos"],
  hook_attn_scores: ["head", "query_pos", "key_pos"],
  step_row_max: ["head", "query_pos", "one"],
  step_exp: ["head", "query_pos", "key_pos"],
  step_row_sum: ["head", "query_pos", "one"],
  /** relu(s)², before it is divided by the number of keys that the query sees. */
  step_relu2: ["head", "query_pos", "key_pos"],
  hook_pattern: ["head", "query_pos", "key_pos"],
  hook_z: ["head", "query_pos", "d_head"],
  hook_result: ["head", "query_pos", "d_model"],
} as const satisfies Record<string, readonly Axis[]>;

const NORM_SITES = {
  step_mean: ["pos", "one"],
  hook_scale: ["pos", "one"],
  hook_normalized: ["pos", "d_model"],
  hook_out: ["pos", "d_model"],
} as const satisfies Record<string, readonly Axis[]>;

export const BLOCK_SITES = {
  /** The positions that are added to what enters the block, where every block adds them. */
  step_pos_embed: ["pos", "d_model"],
  hook_resid_pre: ["pos", "d_model"],
  hook_attn_out: ["pos", "d_model"],
  hook_resid_mid: ["pos", "d_model"],
  hook_cross_attn_out: ["pos", "d_model"],
  hook_resid_mid_cross: ["pos", "d_model"],
  "mlp.hook_pre": ["pos", "d_mlp"],
  "mlp.hook_pre_linear": ["pos", "d_mlp"],
  "mlp.hook_post": ["pos", "d_mlp"],
  hook_mlp_out: ["pos", "d_model"],
  hook_resid_post: ["pos", "d_model"],
  hook_normalized_resid_post: ["pos", "d_model"],
} as const satisfies Record<string, readonly Axis[]>;

/** What is read off the last stack. */
export const OUTPUT_SITES = {
  "mlm_head.step_dense": ["pos", "d_embed"],
  "mlm_head.step_act": ["pos", "d_embed"],
  "mlm_head.ln.step_mean": ["pos", "one"],
  "mlm_head.ln.hook_scale": ["pos", "one"],
  "mlm_head.ln.hook_normalized": ["pos", "d_embed"],
  "mlm_head.ln.hook_out": ["pos", "d_embed"],
  "pooler.step_dense": ["one", "d_model"],
  "pooler.hook_pooler_out": ["one", "d_model"],
  /** [pos, d_vocab]; [one, label] for a sequence classifier; [pos, label] for a token classifier. */
  logits: ["pos", "d_vocab"],
  nsp_logits: ["one", "label"],
} as const satisfies Record<string, readonly Axis[]>;

export type NormPlace = "ln1" | "ln2" | "ln3";
export type AttentionPlace = "attn" | "cross_attn";
type StackSite = keyof typeof STACK_SITES;
type BlockSite =
  | keyof typeof BLOCK_SITES
  | `${AttentionPlace}.${keyof typeof ATTN_SITES}`
  | `${NormPlace}.${keyof typeof NORM_SITES}`;

/**
 * The name of a site. Single stacks keep TransformerLens' bare names (`hook_embed`, `blocks.0.attn.hook_q`, `ln_final.hook_scale`);
 * encoder–decoder models say the stack: `encoder.hook_embed`, `decoder.0.cross_attn.hook_pattern`.
 */
export type SiteName =
  | StackSite
  | `${"encoder" | "decoder"}.${StackSite}`
  | `${StackName}.${number}.${BlockSite}`
  | keyof typeof OUTPUT_SITES;

/** The prefix of a stack's own sites: none for a single stack. */
export function stackPrefix(stack: StackName): "" | "encoder." | "decoder." {
  return stack === "blocks" ? "" : `${stack}.`;
}

const KNOWN = new Map<string, readonly Axis[] | null>();

/** Axes of a site by its name, or null if there is no such site. */
export function axesOf(name: string): readonly Axis[] | null {
  const known = KNOWN.get(name);
  if (known !== undefined) return known;
  const axes = readAxes(name);
  if (axes !== null) KNOWN.set(name, axes);
  return axes;
}

function readAxes(name: string): readonly Axis[] | null {
  const block = /^(?:blocks|encoder|decoder)\.\d+\.(.+)$/.exec(name)?.[1];
  if (block === undefined) {
    const bare = name.replace(/^(?:encoder|decoder)\./, "");
    return own(STACK_SITES, bare) ?? own(OUTPUT_SITES, name);
  }
  const part = /^(attn|cross_attn|ln[123])\.(.+)$/.exec(block);
  if (part?.[1] === undefined || part[2] === undefined) return own(BLOCK_SITES, block);
  return own(part[1].startsWith("ln") ? NORM_SITES : ATTN_SITES, part[2]);
}

function own(table: Record<string, readonly Axis[]>, key: string): readonly Axis[] | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}
