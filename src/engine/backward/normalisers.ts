import type { AttentionSpec } from "../spec";
import { softmaxBack } from "./products";
import type { Tape } from "./tape";

/**
 * From the gradient of a pattern to that of its scores, with those of the stages between (equations 67 and 95–97 of
 * docs/maths.md). `seen` is how many keys each query sees. [head, query_pos, key_pos] → same
 */
export function normaliserBack(
  tape: Tape,
  name: string,
  { normaliser }: Pick<AttentionSpec, "normaliser">,
  dPattern: Float32Array,
  keys: number,
  seen: Uint32Array,
): Float32Array {
  const pattern = tape.site(`${name}.hook_pattern`);
  switch (normaliser.kind) {
    case "softmax":
    case "softmaxPlusOne": {
      softmaxStagesBack(tape, name, dPattern, keys);
      return softmaxBack(pattern, dPattern, keys).map((gradient) => gradient / normaliser.temperature);
    }
    case "sum":
      return sumBack(tape, name, dPattern, keys);
    case "squaredRelu": {
      const dSquares = tape.put(
        `${name}.step_relu2`,
        dPattern.map((gradient, n) => {
          const count = seen[Math.floor(n / keys) % seen.length];
          return count === 0 ? 0 : gradient / count;
        }),
      );
      const squares = tape.site(`${name}.step_relu2`);
      return dSquares.map((gradient, n) => 2 * Math.sqrt(squares[n]) * gradient);
    }
    case "none":
      return dPattern;
    default:
      return normaliser satisfies never;
  }
}

/** exp/Σ exp: dexp = (dp − Σ_k dp_k p_k)/Σ, dΣ = −Σ_k dp_k p_k/Σ; the maximum cancels. Only where the trace has these stages. */
function softmaxStagesBack(tape: Tape, name: string, dPattern: Float32Array, keys: number): void {
  if (!tape.has(`${name}.step_row_sum`)) return;
  const dExp = sumBack(tape, name, dPattern, keys);
  tape.put(`${name}.step_exp`, dExp);
  tape.put(`${name}.step_row_max`, new Float32Array(dExp.length / keys));
}

/** s/Σ s: ds = (dp − Σ_k dp_k p_k)/Σ, dΣ = −Σ_k dp_k p_k/Σ; a row of zeros has none. Needs step_row_sum. */
function sumBack(tape: Tape, name: string, dPattern: Float32Array, keys: number): Float32Array {
  const sums = tape.site(`${name}.step_row_sum`);
  const pattern = tape.site(`${name}.hook_pattern`);
  const dSum = new Float32Array(sums.length);
  const dScores = new Float32Array(pattern.length);
  for (let r = 0; r < sums.length; r++) {
    if (sums[r] === 0) continue;
    let along = 0;
    for (let n = r * keys; n < (r + 1) * keys; n++) along += dPattern[n] * pattern[n];
    dSum[r] = -along / sums[r];
    for (let n = r * keys; n < (r + 1) * keys; n++) dScores[n] = (dPattern[n] - along) / sums[r];
  }
  tape.put(`${name}.step_row_sum`, dSum);
  return dScores;
}
