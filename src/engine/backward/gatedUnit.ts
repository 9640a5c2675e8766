import { matrixOf, vectorOf } from "../prepare";
import type { AttentionSpec, GatedUnit } from "../spec";
import { type AttentionLengths, mixBack } from "./attention";
import { activateBack, linearBack, multiplyBack } from "./products";
import { plus, type Tape } from "./tape";

/** A gated attention unit backwards: from the gradient of its output to that of x, the site that it read. [pos, d_model] → same */
export function gatedUnitBack(
  tape: Tape,
  name: string,
  weights: string,
  { activation }: GatedUnit,
  spec: AttentionSpec,
  lengths: AttentionLengths,
  x: string,
  dOut: Float32Array,
): Float32Array {
  const { model } = tape;
  const site = (stage: string): Float32Array => tape.site(`${name}.${stage}`);
  tape.put(`${name}.hook_result`, dOut);
  const dGated = tape.put(
    `${name}.step_gated`,
    linearBack(model.kernels, matrixOf(model, `${weights}.W_O`), dOut),
  );
  const dGate = tape.put(`${name}.step_gate`, multiplyBack(site("hook_z"), dGated));
  const dz = multiplyBack(site("step_gate"), dGated);
  const wide = site("hook_v").length / lengths.keys;
  const { compared, v } = mixBack(tape, name, weights, spec, lengths, dz, wide);
  const dShared = tape.put(
    `${name}.step_shared`,
    plus(
      byGain(compared.q, vectorOf(model, `${weights}.gamma_q`)?.data, spec.dHead),
      byGain(compared.k, vectorOf(model, `${weights}.gamma_k`)?.data, spec.dHead),
    ),
  );
  const branch = (letter: "U" | "V" | "Z", gradient: Float32Array): Float32Array => {
    const before = preActivation(tape, weights, letter, tape.site(x));
    const w = matrixOf(model, `${weights}.W_${letter}`);
    return linearBack(model.kernels, w, activateBack(activation, before, gradient));
  };
  return plus(plus(branch("U", dGate), branch("V", v)), branch("Z", dShared));
}

/** x W + b again: a trace holds only what the activation made of it. */
function preActivation(
  { model }: Tape,
  weights: string,
  letter: "U" | "V" | "Z",
  x: Float32Array,
): Float32Array {
  const { kernels } = model;
  const w = matrixOf(model, `${weights}.W_${letter}`);
  const input = kernels.alloc(x.length);
  input.data.set(x);
  const out = kernels.alloc((x.length / w.inDim) * w.outDim);
  kernels.linear(out, input, x.length / w.inDim, w, vectorOf(model, `${weights}.b_${letter}`));
  return out.data.slice();
}

function byGain(gradient: Float32Array | null, gain: Float32Array | undefined, width: number): Float32Array {
  const values = gradient ?? new Float32Array(0);
  return gain === undefined ? values : values.map((value, n) => value * gain[n % width]);
}
