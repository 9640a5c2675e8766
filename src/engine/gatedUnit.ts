import {
  type AttentionInput,
  mixValues,
  type Positions,
  patternFrom,
  sumHeads,
  withPositions,
} from "./attention";
import type { Buf } from "./kernels/kernels";
import { linear } from "./mlp";
import type { Pass } from "./pass";
import { vectorOf } from "./prepare";
import type { AttentionSpec, GatedUnit } from "./spec";

/**
 * A gated attention unit: U = act(x W_U), V = act(x W_V), Z = act(x W_Z), q = γ_q ⊙ Z + β_q, k = γ_k ⊙ Z + β_k,
 * out = (U ⊙ A V) W_O + b_O (Hua et al. 2022, 3; equations 91–94 of docs/maths.md). x [pos, d_model] → same
 */
export function gatedUnit(
  pass: Pass,
  name: string,
  weights: string,
  { width, activation }: GatedUnit,
  spec: AttentionSpec,
  x: Buf,
  rows: AttentionInput,
  positions: Positions | null,
): Buf {
  const { kernels } = pass;
  const { dHead } = spec;
  const branch = (site: string, letter: "U" | "V" | "Z", input: Buf, wide: number): Buf => {
    const value = linear(pass, `${weights}.W_${letter}`, `${weights}.b_${letter}`, input);
    kernels.activate(value, value, activation);
    return pass.put(`${name}.${site}`, value, [1, rows.queries, wide]); // [head, pos, wide]
  };
  const gate = branch("step_gate", "U", x, width);
  const from = positions === null ? x : withPositions(pass, name, x, positions);
  const shared = branch("step_shared", "Z", from, dHead);
  const scaled = (letter: "q" | "k"): Buf => {
    const out = kernels.alloc(shared.length);
    stretch(out, shared, vectorOf(pass.model, `${weights}.gamma_${letter}`), dHead);
    addRows(out, vectorOf(pass.model, `${weights}.beta_${letter}`), dHead);
    return pass.put(`${name}.hook_${letter}`, out, [1, rows.queries, dHead]); // [head, pos, d_head]
  };
  const compared = { q: scaled("q"), k: scaled("k"), x };
  const v = branch("hook_v", "V", x, width);
  const pattern = patternFrom(pass, name, weights, spec, compared, rows); // [1, query_pos, key_pos]
  const z = mixValues(pass, name, spec, pattern, v, rows, width); // [1, query_pos, width]
  const gated = kernels.alloc(z.length);
  kernels.multiply(gated, gate, z);
  pass.put(`${name}.step_gated`, gated, [1, rows.queries, width]);
  return sumHeads(pass, name, weights, gated, 1, rows.queries); // [query_pos, d_model]
}

/** out = x ⊙ gain by rows; a gain that the model lacks is 1. */
function stretch(out: Buf, x: Buf, gain: Buf | null, width: number): void {
  for (let n = 0; n < x.length; n++) out.data[n] = x.data[n] * (gain === null ? 1 : gain.data[n % width]);
}

function addRows(out: Buf, bias: Buf | null, width: number): void {
  if (bias === null) return;
  for (let n = 0; n < out.length; n++) out.data[n] += bias.data[n % width];
}
