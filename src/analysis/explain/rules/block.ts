import type { BLOCK_SITES } from "../../../engine/sites";
import { cell, dot, type Expression, optional, product, slice, sum, weight } from "../expression";
import { attentionOf, blockOf, type Place, weightPrefix } from "../place";
import { streamReaders } from "../readers";
import { entries, type Rule } from "../rule";
import { blockInput, type Sublayer, sublayers } from "../wiring";
import { headWrite } from "./attention";

/** The residual stream of a block, and its MLP. */
export const BLOCK_RULES: Record<Exclude<keyof typeof BLOCK_SITES, "step_pos_embed">, Rule> = {
  hook_resid_pre: {
    explain: (place, index) => ({
      formula: "copy",
      expression: cell(blockInput(place.stack, blockOf(place).layer), ...index),
    }),
    next: alongTheStream,
  },
  hook_attn_out: attentionOutput("attn"),
  hook_resid_mid: addition("attn"),
  hook_cross_attn_out: attentionOutput("cross_attn"),
  hook_resid_mid_cross: addition("cross_attn"),
  "mlp.hook_pre": {
    explain: (place, index) => {
      const { gated } = blockOf(place).block.mlp;
      return {
        formula: gated ? "mlpGate" : "mlpPre",
        expression: intoMlp(place, gated ? "gate" : "in", index),
      };
    },
    next: (place, index) => [slice(`${place.prefix}mlp.hook_post`, ...index)],
  },
  "mlp.hook_pre_linear": {
    explain: (place, index) => ({ formula: "mlpLinear", expression: intoMlp(place, "in", index) }),
    next: (place, index) => [slice(`${place.prefix}mlp.hook_post`, ...index)],
  },
  "mlp.hook_post": {
    explain: (place, index) => {
      const { activation, gated } = blockOf(place).block.mlp;
      const pre = cell(`${place.prefix}mlp.hook_pre`, ...index);
      const activated: Expression = { op: "activation", kind: activation, of: pre };
      return gated
        ? {
            formula: "gatedPost",
            expression: product(activated, cell(`${place.prefix}mlp.hook_pre_linear`, ...index)),
          }
        : { formula: "mlpPost", expression: activated };
    },
    next: (place, [pos = -1]) => [slice(`${place.prefix}hook_mlp_out`, pos, null)],
  },
  hook_mlp_out: {
    explain: (place, index) => {
      const [pos, d] = entries(index);
      const name = `${weightPrefix(place)}mlp.`;
      return {
        formula: "mlpOut",
        expression: sum(
          dot(slice(`${place.prefix}mlp.hook_post`, pos, null), weight(`${name}W_out`, null, d)),
          optional(`${name}b_out`, 0, d),
        ),
      };
    },
    next: intoTheSum("mlp"),
  },
  hook_resid_post: addition("mlp"),
  hook_normalized_resid_post: {
    explain: (place, index) => {
      const norm = parts(place).at(-1)?.norm;
      return { formula: "copy", expression: cell(`${place.prefix}${norm}.hook_out`, ...index) };
    },
    next: alongTheStream,
  },
};

function attentionOutput(part: "attn" | "cross_attn"): Rule {
  return {
    explain: (outer, index) => {
      const place: Place = { ...outer, part };
      const [pos, d] = entries(index);
      const heads = Array.from({ length: attentionOf(place).nHeads }, (_, head) =>
        headWrite(place, head, pos, d),
      );
      return {
        formula: "attnOut",
        expression: sum(...heads, optional(`${weightPrefix(place)}${part}.b_O`, 0, d)),
      };
    },
    next: intoTheSum(part),
  };
}

/** The stream after a sublayer: what skips it plus what it writes; all sublayers at once in a parallel block. */
function addition(kind: Sublayer["kind"]): Rule {
  return {
    explain: (place, index) => {
      const { parallel } = blockOf(place).block;
      const added = parts(place).filter((part) => parallel || part.sum === place.site || part.kind === kind);
      const skip = added[0]?.skip ?? null;
      const sites = [...(skip === null ? [] : [skip]), ...added.map((part) => part.writes)];
      return {
        formula: parallel ? "parallelAdd" : "residualAdd",
        expression: sum(...sites.map((site) => cell(site, ...index))),
      };
    },
    next: alongTheStream,
  };
}

function alongTheStream(place: Place, index: readonly number[], last?: number) {
  const [pos, d] = entries(index);
  return streamReaders(place.spec, { site: place.site, pos, d }, last);
}

function intoTheSum(kind: Sublayer["kind"]): Rule["next"] {
  return (place, index) =>
    parts(place)
      .filter((part) => part.kind === kind)
      .map((part) => slice(part.sum, ...index));
}

function parts(place: Place): readonly Sublayer[] {
  return sublayers(place.stack, blockOf(place).layer);
}

function intoMlp(place: Place, which: "in" | "gate", index: readonly number[]): Expression {
  const [pos, m] = entries(index);
  const name = `${weightPrefix(place)}mlp.`;
  const reads = parts(place).find((part) => part.kind === "mlp")?.reads ?? "";
  return sum(
    dot(slice(reads, pos, null), weight(`${name}W_${which}`, null, m)),
    optional(`${name}b_${which}`, 0, m),
  );
}
