import type { Buf } from "./kernels/kernels";
import type { Pass } from "./pass";
import { matrixOf, vectorOf } from "./prepare";
import type { MlpSpec } from "./spec";

/** out = x W + b. x [rows, in] → [rows, out]; `matrix` and `bias` are weight names. */
export function linear({ kernels, model }: Pass, matrix: string, bias: string, x: Buf): Buf {
  const w = matrixOf(model, matrix);
  const rows = x.length / w.inDim;
  const out = kernels.alloc(rows * w.outDim);
  kernels.linear(out, x, rows, w, vectorOf(model, bias));
  return out;
}

/**
 * mlp(x) = act(x W_in + b_in) W_out + b_out; gated: (act(x W_gate + b_gate) ⊙ (x W_in + b_in)) W_out + b_out.
 * x [pos, d_model] → [pos, d_model]; records hook_pre, hook_pre_linear (gated) and hook_post under `{name}`. Equations 34–39 of
 * docs/maths.md.
 */
export function mlp(pass: Pass, name: string, weights: string, spec: MlpSpec, x: Buf): Buf {
  const { kernels } = pass;
  const inner = (site: string, letter: string): Buf => {
    const value = linear(pass, `${weights}.W_${letter}`, `${weights}.b_${letter}`, x);
    return pass.put(`${name}.${site}`, value, [value.length / spec.dMlp, spec.dMlp]); // [pos, d_mlp]
  };
  const pre = inner("hook_pre", spec.gated ? "gate" : "in");
  const post = kernels.alloc(pre.length);
  kernels.activate(post, pre, spec.activation);
  if (spec.gated) kernels.multiply(post, post, inner("hook_pre_linear", "in"));
  pass.put(`${name}.hook_post`, post, [post.length / spec.dMlp, spec.dMlp]);
  return linear(pass, `${weights}.W_out`, `${weights}.b_out`, post);
}
