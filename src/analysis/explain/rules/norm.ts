import { UnknownSiteError } from "../../../engine/errors";
import type { AttentionPlace } from "../../../engine/sites";
import type { NormSpec } from "../../../engine/spec";
import { cell, constant, type Expression, optional, slice, sum } from "../expression";
import { blockOf, type Place, weightPrefix } from "../place";
import { fullEmbedReaders, streamReaders } from "../readers";
import { entries, type Rule } from "../rule";
import { lastOutput, sublayers } from "../wiring";

type NormSite = "step_mean" | "hook_scale" | "hook_normalized" | "hook_out";

/** The stages of every normalisation, wherever it stands. */
export const NORM_RULES: Record<NormSite, Rule> = {
  step_mean: {
    explain: (place, [pos = -1]) => ({
      formula: "mean",
      expression: { op: "mean", of: slice(normOf(place).reads, pos, null) },
    }),
    next: (place, [pos = -1]) => [
      slice(sibling(place, "hook_scale"), pos, 0),
      slice(sibling(place, "hook_normalized"), pos, null),
    ],
  },
  hook_scale: {
    explain: (place, [pos = -1]) => {
      const { reads, spec } = normOf(place);
      const layer = spec.kind === "layer";
      const about = layer ? meanOf(place, pos) : null;
      return {
        formula: layer ? "layerNormScale" : "rmsNormScale",
        expression: {
          op: "sqrt",
          of: sum({ op: "meanSquare", of: slice(reads, pos, null), about }, constant("epsilon", spec.eps)),
        },
      };
    },
    next: (place, [pos = -1]) => [slice(sibling(place, "hook_normalized"), pos, null)],
  },
  hook_normalized: {
    explain: (place, index) => {
      const [pos, d] = entries(index);
      const { reads, spec } = normOf(place);
      const value = cell(reads, pos, d);
      const centred: Expression =
        spec.kind === "layer" ? { op: "difference", of: [value, meanOf(place, pos)] } : value;
      return {
        formula: "normalized",
        expression: { op: "quotient", of: [centred, cell(sibling(place, "hook_scale"), pos, 0)] },
      };
    },
    next: (place, [pos = -1, d = -1]) => [slice(sibling(place, "hook_out"), pos, d)],
  },
  hook_out: {
    explain: (place, index) => {
      const [pos, d] = entries(index);
      const name = `${weightPrefix(place)}${place.part}`;
      return {
        formula: "normOut",
        expression: sum(
          {
            op: "product",
            of: [cell(sibling(place, "hook_normalized"), pos, d), optional(`${name}.w`, 1, d)],
          },
          optional(`${name}.b`, 0, d),
        ),
      };
    },
    next: (place, index, last) => {
      const [pos, d] = entries(index);
      if (place.part === "embed.ln") return fullEmbedReaders(place.stack, pos, d);
      if (place.part === "mlm_head.ln") return [slice("logits", pos, null)];
      return streamReaders(place.spec, { site: place.site, pos, d }, last);
    },
  },
};

function meanOf(place: Place, pos: number): Expression {
  return cell(sibling(place, "step_mean"), pos, 0);
}

function sibling(place: Place, local: NormSite): string {
  return `${place.prefix}${place.part}.${local}`;
}

/** What the norm at this place reads, and its kind. Throws where the architecture has none. */
function normOf(place: Place): { reads: string; spec: NormSpec } {
  const { reads, spec } = NORM_PLACES[place.part as NormPart](place);
  if (reads === undefined || spec === null)
    throw new UnknownSiteError({ site: place.site, model: place.spec.family });
  return { reads, spec };
}

type NormPart = Exclude<Place["part"], "" | AttentionPlace>;
type FoundNorm = (place: Place) => { reads: string | undefined; spec: NormSpec | null };

const inBlock: FoundNorm = (place) => {
  const { block, layer } = blockOf(place);
  return {
    reads: sublayers(place.stack, layer).find((each) => each.norm === place.part)?.normReads,
    spec: block.norm,
  };
};

const NORM_PLACES: Record<NormPart, FoundNorm> = {
  ln1: inBlock,
  ln2: inBlock,
  ln3: inBlock,
  ln_final: ({ stack }) => ({ reads: lastOutput(stack), spec: stack.finalNorm }),
  "embed.ln": ({ stack, prefix }) => ({ reads: `${prefix}step_embed_sum`, spec: stack.embed.norm }),
  "mlm_head.ln": ({ spec }) => ({
    reads: "mlm_head.step_act",
    spec: spec.heads.find((head) => head.kind === "lm")?.transform?.norm ?? null,
  }),
};
