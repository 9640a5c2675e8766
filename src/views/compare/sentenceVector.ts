import { cosineOf, row } from "../../analysis/matrix";
import { betweenBlocks } from "../../analysis/residual";
import { stackPrefix } from "../../engine/sites";
import type { Trace } from "../../engine/trace";

/**
 * Cosine of two sentences as an encoder sees them: of the means of its last states over the words of each. Null for
 * models that do not read both ways, and for two different models.
 */
export function sentenceCosine(a: Trace, b: Trace): number | null {
  const before = meanState(a);
  const after = meanState(b);
  return a.modelId !== b.modelId || before === null || after === null ? null : cosineOf(before, after);
}

/** Mean over the words of the last state of the first stack; null where that looks back only. [d_model] */
function meanState({ spec, sites, tokens }: Trace): Float64Array | null {
  const [stack] = spec.stacks;
  if (stack === undefined || stack.layers.some(({ attn }) => attn.mask.kind !== "none")) return null;
  const name =
    stack.finalNorm === null ? betweenBlocks(stack).at(-1) : `${stackPrefix(stack.name)}ln_final.hook_out`;
  const states = sites[name as keyof typeof sites];
  const words = [...tokens.keys()].filter((at) => tokens[at]?.special === false);
  if (states === undefined || words.length === 0) return null;
  const mean = new Float64Array(stack.dModel);
  for (const word of words) {
    row(states, word).forEach((value, at) => {
      mean[at] = (mean[at] ?? 0) + value / words.length;
    });
  }
  return mean;
}
