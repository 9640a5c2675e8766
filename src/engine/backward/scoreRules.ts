import { NotAvailableError } from "../errors";
import { featureCount, randomDirections } from "../features";
import { matrixOf, partsOf } from "../prepare";
import type { AttentionSpec, FeatureMap, ScoreRule } from "../spec";
import { type HeadShape, linearBack, queriesBack, valuesBack } from "./products";
import type { Tape } from "./tape";

/** Gradients of what a score rule reads; null for what it does not. */
export interface ComparedGradients {
  /** [head, query_pos, d_head] */
  readonly q: Float32Array | null;
  /** [kv_head, key_pos, d_head] */
  readonly k: Float32Array | null;
  /** [query_pos, d_model] */
  readonly x: Float32Array | null;
}

/** From the gradient of scores before their scale to what they were made from. Throws NotAvailableError for rules without one. */
export function ruleBack(
  tape: Tape,
  name: string,
  weights: string,
  spec: AttentionSpec,
  rule: ScoreRule,
  dScores: Float32Array,
  shape: HeadShape,
): ComparedGradients {
  switch (rule.kind) {
    case "dot": {
      const rotated = spec.positions.kind === "rotary" ? "rot_" : "";
      return productsBack(tape, `${name}.hook_${rotated}`, dScores, shape);
    }
    case "linear": {
      const count = featureCount(rule.features, spec.dHead);
      const { q, k } = productsBack(tape, `${name}.step_phi_`, dScores, { ...shape, dHead: count });
      const back = (letter: "q" | "k", gradient: Float32Array): Float32Array =>
        featuresBack(
          rule.features,
          tape.site(`${name}.hook_${letter}`),
          tape.site(`${name}.step_phi_${letter}`),
          tape.put(`${name}.step_phi_${letter}`, gradient),
          spec.dHead,
        );
      return { q: back("q", q), k: back("k", k), x: null };
    }
    case "dense":
      return { q: null, k: null, x: denseBack(tape, name, weights, rule, dScores, shape) };
    case "random":
    case "factorisedRandom":
      return { q: null, k: null, x: null };
    case "additive":
    case "factorisedDense":
    case "mixture":
      throw new NotAvailableError({ what: "gradients", variant: `${rule.kind} scores` });
    default:
      return rule satisfies never;
  }
}

function productsBack(
  tape: Tape,
  prefix: string,
  dScores: Float32Array,
  shape: HeadShape,
): { readonly q: Float32Array; readonly k: Float32Array; readonly x: null } {
  return {
    q: queriesBack(dScores, tape.site(`${prefix}k`), shape),
    k: valuesBack(dScores, tape.site(`${prefix}q`), shape),
    x: null,
  };
}

/** φ = elu + 1: dx = dφ·min(1, φ). Random features: dx = Σ_f dφ_f φ_f (ω_f − x) with x ← x/d_head^¼. [rows, d_head] */
function featuresBack(
  map: FeatureMap,
  x: Float32Array,
  phi: Float32Array,
  dPhi: Float32Array,
  dHead: number,
): Float32Array {
  if (map.kind === "elu") return dPhi.map((gradient, n) => gradient * (x[n] > 0 ? 1 : phi[n]));
  const directions = randomDirections(map, dHead);
  const shrink = dHead ** -0.25;
  const dx = new Float32Array(x.length);
  for (let row = 0; row < x.length / dHead; row++) {
    for (let f = 0; f < map.count; f++) {
      const at = row * map.count + f;
      for (let d = 0; d < dHead; d++) {
        const n = row * dHead + d;
        dx[n] += shrink * dPhi[at] * phi[at] * (directions[f * dHead + d] - shrink * x[n]);
      }
    }
  }
  return dx;
}

/** relu(x W₁ + b₁) W₂ + b₂ backwards. [query_pos, d_model] */
function denseBack(
  { model, put, site }: Tape,
  name: string,
  weights: string,
  { hidden, length }: Extract<ScoreRule, { kind: "dense" }>,
  dScores: Float32Array,
  { heads, queries, keys }: HeadShape,
): Float32Array {
  const parts = partsOf(model, `${weights}.score.W_2`);
  const dHidden = new Float32Array(heads * queries * hidden);
  for (let h = 0; h < heads; h++) {
    const wide = new Float32Array(queries * length); // positions beyond the input got no gradient
    for (let i = 0; i < queries; i++) {
      const start = (h * queries + i) * keys;
      wide.set(dScores.subarray(start, start + keys), i * length);
    }
    dHidden.set(linearBack(model.kernels, parts[h], wide), h * queries * hidden);
  }
  put(`${name}.step_hidden`, dHidden);
  const inner = site(`${name}.step_hidden`);
  const flat = new Float32Array(dHidden.length); // [query_pos, head·hidden]
  for (let n = 0; n < dHidden.length; n++) {
    const [d, i, h] = [n % hidden, Math.floor(n / hidden) % queries, Math.floor(n / (hidden * queries))];
    flat[(i * heads + h) * hidden + d] = inner[n] > 0 ? dHidden[n] : 0;
  }
  return linearBack(model.kernels, matrixOf(model, `${weights}.score.W_1`), flat);
}
