import { attentionFlow } from "../../analysis/aggregate/flow";
import { headGradientAttention } from "../../analysis/aggregate/gradientAttention";
import { normWeighted } from "../../analysis/aggregate/normWeighted";
import { rollout } from "../../analysis/aggregate/rollout";
import { pattern } from "../../analysis/matrix";
import { first, type Tensor } from "../../engine/tensor";
import type { Trace } from "../../engine/trace";
import type { Gradients } from "../../store/answers";
import type { Gathering } from "../../store/options";
import type { Selection } from "../../store/selection";
import { headTensorAt, indexAt, tensorAt } from "../../viz/siteView";

/** Those that gather all layers up to one, and so are of no single head. */
export const OVER_LAYERS: ReadonlySet<Gathering> = new Set(["rollout", "flow"]);

/** The most positions whose flow is worked out while the reader waits: about a tenth of a second. */
export const FLOW_LONGEST = 64;

/**
 * Attention of one place, read one way. [query_pos, key_pos]; null where the trace lacks what it needs, where the
 * gradients have not come yet, and for cross-attention where layers are gathered. Flow has only the chosen query's row,
 * the rest is NaN.
 */
export function gather(
  gathering: Gathering,
  trace: Trace,
  where: Selection,
  gradients: Gradients | null,
): Tensor | null {
  const patterns = headTensorAt(trace, where, "attn.hook_pattern");
  if (patterns === null) return null;
  const own = ofHead(patterns, trace, where);
  switch (gathering) {
    case "raw":
      return own;
    case "weighted": {
      const values = headTensorAt(trace, where, "attn.hook_v");
      return values === null ? null : normWeighted(own, ofHead(values, trace, where), null);
    }
    case "gradient": {
      const name = `${where.stack}.${where.layer}.${where.attention}.hook_pattern_grad`;
      const gradient = gradients?.[name];
      return gradient === undefined ? null : headGradientAttention(own, first(gradient, where.head));
    }
    case "rollout": {
      const layers = layersUpTo(trace, where);
      return layers === null ? null : (rollout(layers).at(-1) ?? null);
    }
    case "flow": {
      const layers = layersUpTo(trace, where);
      if (layers === null || (layers[0]?.shape[1] ?? 0) > FLOW_LONGEST) return null;
      const row = attentionFlow(layers, where.query);
      const positions = row.length;
      return pattern(positions, positions, (query, key) =>
        query === where.query ? (row[key] ?? 0) : Number.NaN,
      );
    }
    default:
      return gathering satisfies never;
  }
}

/** One head of a tensor, which a long trace holds alone. */
function ofHead(tensor: Tensor, trace: Trace, where: Selection): Tensor {
  return /head$/.test(tensor.axes[0] ?? "") ? first(tensor, indexAt(tensor, trace, where)[0] ?? 0) : tensor;
}

/** The self-attention of every layer up to the chosen one, or null where it cannot be gathered. */
function layersUpTo(trace: Trace, where: Selection): readonly Tensor[] | null {
  if (where.attention === "cross_attn") return null;
  const layers = Array.from({ length: where.layer + 1 }, (_, layer) =>
    tensorAt(trace, { ...where, layer }, "attn.hook_pattern"),
  );
  return layers.every((layer) => layer !== null) ? layers : null;
}
