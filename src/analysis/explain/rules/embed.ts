import type { STACK_SITES } from "../../../engine/sites";
import type { EmbedSpec } from "../../../engine/spec";
import { cell, constant, dot, type Expression, optional, product, slice, sum, weight } from "../expression";
import type { Place } from "../place";
import { fullEmbedReaders, normReaders, streamReaders } from "../readers";
import { entries, type Rule } from "../rule";

type EmbedSite = Exclude<keyof typeof STACK_SITES, `ln_final.${string}` | `embed.ln.${string}`>;

/** How a token, a patch or a position becomes a vector: one rule per site before the first block. */
export const EMBED_RULES: Record<EmbedSite, Rule> = {
  hook_embed: {
    explain: (place, index) => {
      const { embed, name } = place.stack;
      const [pos, d] = entries(index);
      if (embed.kind === "patches") return explainPatch(place, pos, d);
      const entry: Expression = {
        op: "cell",
        of: weight(`${place.prefix}embed.W_E`, { input: "token", stack: name, at: pos }, d),
      };
      return {
        formula: "tokenEmbedding",
        expression: embed.scale === 1 ? entry : product(constant("scale", embed.scale), entry),
      };
    },
    next: intoTheSum,
  },
  hook_pos_embed: {
    explain: (place, index) => {
      const [pos, d] = entries(index);
      return explainPosition(place, pos, d);
    },
    next: intoTheSum,
  },
  hook_token_type_embed: {
    explain: (place, index) => {
      const [pos, d] = entries(index);
      const row = { input: "type", stack: place.stack.name, at: pos } as const;
      return {
        formula: "tokenType",
        expression: { op: "cell", of: weight(`${place.prefix}type_embed.W_type`, row, d) },
      };
    },
    next: intoTheSum,
  },
  step_embed_sum: {
    explain: (place, index) => {
      const [pos, d] = entries(index);
      const parts = addends(place.stack.embed).map((part) => cell(place.prefix + part, pos, d));
      return { formula: "embeddingSum", expression: sum(...parts) };
    },
    next: ({ stack, prefix }, index) => {
      const [pos, d] = entries(index);
      return stack.embed.norm === null ? [] : normReaders(`${prefix}embed.ln.`, stack.embed.norm, pos, d);
    },
  },
  hook_full_embed: {
    explain: (place, index) => {
      const [pos, d] = entries(index);
      const { embed } = place.stack;
      const parts = entersProjection(embed).map((part) => place.prefix + part);
      if (embed.kind === "patches" || !embed.projection) {
        const formula = embed.norm === null ? "embeddingSum" : "copy";
        return { formula, expression: sum(...parts.map((part) => cell(part, pos, d))) };
      }
      const column = weight(`${place.prefix}embed.W_proj`, null, d);
      return {
        formula: "embeddingProjection",
        expression: sum(
          ...parts.map((part) => dot(slice(part, pos, null), column)),
          optional(`${place.prefix}embed.b_proj`, 0, d),
        ),
      };
    },
    next: ({ spec, site }, index, last) => {
      const [pos, d] = entries(index);
      return streamReaders(spec, { site, pos, d }, last);
    },
  },
};

function intoTheSum(place: Place, index: readonly number[]) {
  const [pos, d] = entries(index);
  return place.stack.embed.norm === null
    ? fullEmbedReaders(place.stack, pos, d)
    : [slice(`${place.prefix}step_embed_sum`, pos, d)];
}

/** The sites that are added up, in the order of the sum. */
function addends(embed: EmbedSpec): readonly EmbedSite[] {
  const parts: EmbedSite[] = ["hook_embed"];
  if (embed.positions.kind !== "none") parts.push("hook_pos_embed");
  if (embed.kind === "tokens" && embed.types > 0) parts.push("hook_token_type_embed");
  return parts;
}

function entersProjection(embed: EmbedSpec): readonly string[] {
  return embed.norm === null ? addends(embed) : ["embed.ln.hook_out"];
}

function explainPatch(place: Place, pos: number, d: number) {
  if (pos === 0) {
    return {
      formula: "classEmbedding",
      expression: { op: "cell", of: weight(`${place.prefix}embed.cls`, d) },
    } as const;
  }
  return {
    formula: "patchEmbedding",
    expression: sum(
      dot({ patch: pos - 1 }, weight(`${place.prefix}embed.W_patch`, null, d)),
      optional(`${place.prefix}embed.b_patch`, 0, d),
    ),
  } as const;
}

function explainPosition(place: Place, pos: number, d: number): ReturnType<Rule["explain"]> {
  const { positions } = place.stack.embed;
  if (positions.kind === "sinusoidal") {
    const width = place.stack.embed.kind === "tokens" ? place.stack.embed.width : place.stack.dModel;
    const half = Math.ceil(width / 2);
    const halves = positions.layout === "halves";
    const wave = halves ? d % half : Math.floor(d / 2);
    const angle: Expression = {
      op: "quotient",
      of: [constant("position", pos), constant("wavelength", positions.base ** ((2 * wave) / width))],
    };
    const sine = halves ? d < half : d % 2 === 0;
    return { formula: "sinusoidalPosition", expression: { op: sine ? "sin" : "cos", of: angle } };
  }
  const row = { input: "positionRow", stack: place.stack.name, at: pos } as const;
  return {
    formula: "learnedPosition",
    expression: { op: "cell", of: weight(`${place.prefix}pos_embed.W_pos`, row, d) },
  };
}
