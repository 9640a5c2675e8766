import { NotAvailableError } from "../errors";
import { activation as activationOf } from "../kernels/activations";
import { placeOf } from "../positions";
import { matrixOf, vectorOf } from "../prepare";
import type { MlpSpec, NormSpec, StackSpec } from "../spec";
import { blockWeightsName } from "../weights";
import { type AttentionLengths, attentionBack } from "./attention";
import { gatedUnitBack } from "./gatedUnit";
import { activateBack, linearBack, multiplyBack, normBack } from "./products";
import { plus, type Tape } from "./tape";

/** Lengths of a block's attentions; `cross` is null without an encoder. */
export interface BlockLengths {
  readonly self: AttentionLengths;
  readonly cross: AttentionLengths | null;
}

/** The gradient of a block's input, and of the encoder's output where the block has cross-attention. [pos, d_model] */
export interface BlockGradients {
  readonly x: Float32Array;
  readonly memory: Float32Array | null;
}

/** The parts of a block, backwards: each takes the gradient of its output and gives that of its input. */
interface Parts {
  put(site: string, gradient: Float32Array): Float32Array;
  /** Gradient of a in a + f(a), from those of the sum and of f's input: nothing flows past f without a residual connection. */
  past(dSum: Float32Array, dBranch: Float32Array): Float32Array;
  ln(place: "ln1" | "ln2" | "ln3", gradient: Float32Array): Float32Array;
  attn(gradient: Float32Array): Float32Array;
  /** null: no cross-attention. */
  cross: ((gradient: Float32Array) => BlockGradients) | null;
  mlp(gradient: Float32Array): Float32Array;
  readonly normalised: boolean;
}

/** One block backwards: the equations of block.ts read from the last line up. */
export function blockBack(
  tape: Tape,
  stack: StackSpec,
  layer: number,
  lengths: BlockLengths,
  dOut: Float32Array,
): BlockGradients {
  const spec = stack.layers[layer];
  if (placeOf(stack.embed.positions) === "queriesAndKeys") {
    throw new NotAvailableError({ what: "gradients", variant: "positions added to queries and keys" });
  }
  const parts = partsOf(tape, stack, layer, lengths);
  const { x, memory } =
    spec.unit !== undefined
      ? unitAloneBack(parts, spec.place, dOut)
      : spec.parallel
        ? parallelBack(parts, dOut)
        : spec.place === "pre"
          ? preNormBack(parts, dOut)
          : postNormBack(parts, dOut);
  return { x: parts.put("hook_resid_pre", x), memory };
}

function preNormBack({ put, past, ln, attn, cross, mlp }: Parts, dOut: Float32Array): BlockGradients {
  const dPost = put("hook_resid_post", dOut);
  const last = cross === null ? "ln2" : "ln3";
  let dMid = past(dPost, ln(last, mlp(put("hook_mlp_out", dPost))));
  let memory: Float32Array | null = null;
  if (cross !== null) {
    put("hook_resid_mid_cross", dMid);
    const crossed = cross(put("hook_cross_attn_out", dMid));
    memory = crossed.memory;
    dMid = past(dMid, ln("ln2", crossed.x));
  }
  put("hook_resid_mid", dMid);
  return { x: past(dMid, ln("ln1", attn(put("hook_attn_out", dMid)))), memory };
}

function postNormBack(
  { put, past, ln, attn, cross, mlp, normalised }: Parts,
  dOut: Float32Array,
): BlockGradients {
  const last = cross === null ? "ln2" : "ln3";
  const dPost = normalised ? ln(last, put("hook_normalized_resid_post", dOut)) : dOut;
  put("hook_resid_post", dPost);
  let dx = past(dPost, mlp(put("hook_mlp_out", dPost)));
  let memory: Float32Array | null = null;
  if (cross !== null) {
    const dMidCross = put("hook_resid_mid_cross", ln("ln2", dx));
    const crossed = cross(put("hook_cross_attn_out", dMidCross));
    memory = crossed.memory;
    dx = past(dMidCross, crossed.x);
  }
  const dMid = put("hook_resid_mid", ln("ln1", dx));
  return { x: past(dMid, attn(put("hook_attn_out", dMid))), memory };
}

function parallelBack({ put, past, ln, attn, mlp }: Parts, dOut: Float32Array): BlockGradients {
  const dPost = put("hook_resid_post", dOut);
  const throughMlp = ln("ln2", mlp(put("hook_mlp_out", dPost)));
  const throughAttn = ln("ln1", attn(put("hook_attn_out", dPost)));
  return { x: past(dPost, plus(throughAttn, throughMlp)), memory: null };
}

/** x + unit(ln1 x), or ln1(x + unit(x)), backwards. */
function unitAloneBack(
  { put, past, ln, attn, normalised }: Parts,
  place: "pre" | "post",
  dOut: Float32Array,
): BlockGradients {
  const dSum = normalised ? ln("ln1", put("hook_normalized_resid_post", dOut)) : dOut;
  const dPost = put("hook_resid_post", dSum);
  const dRead = attn(put("hook_attn_out", dPost));
  return { x: past(dPost, place === "pre" ? ln("ln1", dRead) : dRead), memory: null };
}

function partsOf(tape: Tape, stack: StackSpec, layer: number, lengths: BlockLengths): Parts {
  const spec = stack.layers[layer];
  const { norm, attn, cross, mlp } = spec;
  const name = `${stack.name}.${layer}`;
  const weights = blockWeightsName(stack, spec);
  const crossLengths = lengths.cross;
  return {
    put: (site, gradient) => tape.put(`${name}.${site}`, gradient),
    past: (dSum, dBranch) => (spec.residual ? plus(dSum, dBranch) : dBranch),
    ln: (place, gradient) =>
      norm === null
        ? gradient
        : normSitesBack(tape, `${name}.${place}`, `${weights}.${place}`, norm, gradient),
    attn(gradient) {
      if (spec.unit !== undefined) {
        const read = norm !== null && spec.place === "pre" ? "ln1.hook_out" : "hook_resid_pre";
        const { self } = lengths;
        const x = `${name}.${read}`;
        return gatedUnitBack(
          tape,
          `${name}.attn`,
          `${weights}.attn.unit`,
          spec.unit,
          attn,
          self,
          x,
          gradient,
        );
      }
      const back = attentionBack(tape, `${name}.attn`, `${weights}.attn`, attn, lengths.self, gradient);
      return plus(back.x, back.memory);
    },
    cross:
      cross === null || crossLengths === null
        ? null
        : (gradient) =>
            attentionBack(tape, `${name}.cross_attn`, `${weights}.cross_attn`, cross, crossLengths, gradient),
    mlp: (gradient) => mlpBack(tape, `${name}.mlp`, `${weights}.mlp`, mlp, gradient),
    normalised: norm !== null && spec.place === "post",
  };
}

/** A LayerNorm or RMSNorm backwards, with the gradients of its stages. `weights` names its gain. [rows, width] */
export function normSitesBack(
  tape: Tape,
  name: string,
  weights: string,
  spec: NormSpec,
  dOut: Float32Array,
): Float32Array {
  const scale = tape.site(`${name}.hook_scale`);
  const gain =
    vectorOf(tape.model, `${weights}.w`)?.data ?? new Float32Array(dOut.length / scale.length).fill(1);
  tape.put(`${name}.hook_out`, dOut);
  const back = normBack(spec, gain, tape.site(`${name}.hook_normalized`), scale, dOut);
  tape.put(`${name}.hook_normalized`, back.normalized);
  tape.put(`${name}.hook_scale`, back.scale);
  tape.put(`${name}.step_mean`, back.mean);
  return back.x;
}

function mlpBack(
  tape: Tape,
  name: string,
  weights: string,
  { activation, gated }: MlpSpec,
  dOut: Float32Array,
): Float32Array {
  const { model } = tape;
  const through = (letter: string, gradient: Float32Array): Float32Array =>
    linearBack(model.kernels, matrixOf(model, `${weights}.W_${letter}`), gradient);
  const dPost = tape.put(`${name}.hook_post`, through("out", dOut));
  const pre = tape.site(`${name}.hook_pre`);
  if (!gated) return through("in", tape.put(`${name}.hook_pre`, activateBack(activation, pre, dPost)));
  const linear = tape.site(`${name}.hook_pre_linear`);
  const dPre = activateBack(activation, pre, multiplyBack(linear, dPost));
  const dLinear = multiplyBack(pre.map(activationOf(activation)), dPost);
  tape.put(`${name}.hook_pre`, dPre);
  tape.put(`${name}.hook_pre_linear`, dLinear);
  return plus(through("gate", dPre), through("in", dLinear));
}
