import { type AttentionInput, attention, type Positions } from "./attention";
import { gatedUnit } from "./gatedUnit";
import type { Buf } from "./kernels/kernels";
import { mlp } from "./mlp";
import { norm } from "./norm";
import type { Pass } from "./pass";
import type { NormPlace } from "./sites";
import type { StackSpec } from "./spec";
import { blockWeightsName } from "./weights";

/** What a block reads beside its input: its rows, and for cross-attention the encoder's output. */
export interface BlockInput {
  readonly rows: AttentionInput;
  /** Output of the encoder [pos, d_model], with the rows of the cross-attention. */
  readonly memory: { readonly value: Buf; readonly rows: AttentionInput } | null;
  /** Position vectors that are added to what queries and keys are read from, or null. */
  readonly positions: Positions | null;
}

/** The functions that a block is made of, bound to its weights and sites. Each returns [pos, d_model]. */
interface Parts {
  put(site: string, value: Buf): Buf;
  /** a + b, or b alone in a block without residual connections. */
  add(a: Buf, b: Buf): Buf;
  /** a + b, with or without residual connections. */
  both(a: Buf, b: Buf): Buf;
  ln(place: NormPlace, x: Buf): Buf;
  attn(x: Buf): Buf;
  /** null: no cross-attention. */
  cross: ((x: Buf) => Buf) | null;
  mlp(x: Buf): Buf;
  /** null: attention and MLP instead. */
  unit: ((x: Buf) => Buf) | null;
  readonly normalised: boolean;
}

/** One block: the residual stream before it → after it. [pos, d_model] → [pos, d_model] */
export function block(pass: Pass, stack: StackSpec, layer: number, x: Buf, input: BlockInput): Buf {
  const spec = stack.layers[layer];
  const parts = partsOf(pass, stack, layer, input);
  const residPre = parts.put("hook_resid_pre", x);
  if (parts.unit !== null) return unitAlone(parts, parts.unit, residPre, spec.place);
  if (spec.parallel) return parallel(parts, residPre);
  return spec.place === "pre" ? preNorm(parts, residPre) : postNorm(parts, residPre);
}

/** x + attn(ln1 x), + cross(ln2 ·), + mlp(ln ·): LayerNorm reads a copy, the stream itself is never normalised (equation 32 of docs/maths.md). */
function preNorm({ put, add, ln, attn, cross, mlp }: Parts, residPre: Buf): Buf {
  const attnOut = put("hook_attn_out", attn(ln("ln1", residPre)));
  const residMid = put("hook_resid_mid", add(residPre, attnOut));
  if (cross === null) {
    const mlpOut = put("hook_mlp_out", mlp(ln("ln2", residMid)));
    return put("hook_resid_post", add(residMid, mlpOut));
  }
  const crossOut = put("hook_cross_attn_out", cross(ln("ln2", residMid)));
  const residMidCross = put("hook_resid_mid_cross", add(residMid, crossOut));
  const mlpOut = put("hook_mlp_out", mlp(ln("ln3", residMidCross)));
  return put("hook_resid_post", add(residMidCross, mlpOut));
}

/** ln2(h + mlp(h)), h = ln1(x + attn(x)): what flows on is normalised after every sum. */
function postNorm({ put, add, ln, attn, cross, mlp, normalised }: Parts, residPre: Buf): Buf {
  const attnOut = put("hook_attn_out", attn(residPre));
  let x = ln("ln1", put("hook_resid_mid", add(residPre, attnOut)));
  if (cross !== null) {
    const crossOut = put("hook_cross_attn_out", cross(x));
    x = ln("ln2", put("hook_resid_mid_cross", add(x, crossOut)));
  }
  const mlpOut = put("hook_mlp_out", mlp(x));
  const residPost = put("hook_resid_post", add(x, mlpOut));
  if (!normalised) return residPost;
  return put("hook_normalized_resid_post", ln(cross === null ? "ln2" : "ln3", residPost));
}

/** x + attn(ln1 x) + mlp(ln2 x): both read the block's input (equation 33). */
function parallel({ put, add, both, ln, attn, mlp }: Parts, residPre: Buf): Buf {
  const attnOut = put("hook_attn_out", attn(ln("ln1", residPre)));
  const mlpOut = put("hook_mlp_out", mlp(ln("ln2", residPre)));
  return put("hook_resid_post", add(residPre, both(attnOut, mlpOut)));
}

/** x + unit(ln1 x), or ln1(x + unit(x)) in post-norm: a gated unit is the whole block (equation 94). */
function unitAlone(
  { put, add, ln, normalised }: Parts,
  unit: (x: Buf) => Buf,
  residPre: Buf,
  place: "pre" | "post",
): Buf {
  const out = put("hook_attn_out", unit(place === "pre" ? ln("ln1", residPre) : residPre));
  const residPost = put("hook_resid_post", add(residPre, out));
  return normalised ? put("hook_normalized_resid_post", ln("ln1", residPost)) : residPost;
}

function partsOf(pass: Pass, stack: StackSpec, layer: number, input: BlockInput): Parts {
  const { kernels } = pass;
  const { rows, memory, positions } = input;
  const { norm: normSpec, attn, cross, mlp: mlpSpec, unit, residual, place } = stack.layers[layer];
  const name = `${stack.name}.${layer}`;
  const weights = blockWeightsName(stack, stack.layers[layer]);
  const { dModel } = stack;
  const both = (a: Buf, b: Buf): Buf => {
    const out = kernels.alloc(a.length);
    kernels.add(out, a, b);
    return out;
  };
  return {
    put: (site, value) => pass.put(`${name}.${site}`, value, [value.length / dModel, dModel]),
    add: (a, b) => (residual ? both(a, b) : b),
    both,
    ln: (at, x) =>
      normSpec === null ? x : norm(pass, `${name}.${at}`, `${weights}.${at}`, normSpec, x, dModel),
    attn: (x) => attention(pass, `${name}.attn`, `${weights}.attn`, attn, x, x, rows, positions),
    cross:
      cross === null || memory === null
        ? null
        : (x) =>
            attention(
              pass,
              `${name}.cross_attn`,
              `${weights}.cross_attn`,
              cross,
              x,
              memory.value,
              memory.rows,
            ),
    mlp: (x) => mlp(pass, `${name}.mlp`, `${weights}.mlp`, mlpSpec, x),
    unit:
      unit === undefined
        ? null
        : (x) => gatedUnit(pass, `${name}.attn`, `${weights}.attn.unit`, unit, attn, x, rows, positions),
    normalised: normSpec !== null && place === "post",
  };
}
