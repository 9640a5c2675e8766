import { effectiveKeys, entropyOf } from "../analysis/heads/entropy";
import { normOf } from "../analysis/matrix";
import type { AttentionSpec, BlockSpec } from "../engine/spec";
import type { At, Facts } from "./facts";

type Measure = (facts: Facts, at: At) => number;

/** Numbers that prose can say beside those of sites. */
const MEASURES = {
  /** Sizes of the model. */
  layers: (facts) => stackOf(facts)?.layers.length ?? Number.NaN,
  heads: (facts) => attentionOf(facts)?.nHeads ?? Number.NaN,
  dModel: (facts) => stackOf(facts)?.dModel ?? Number.NaN,
  dHead: (facts) => attentionOf(facts)?.dHead ?? Number.NaN,
  dMlp: (facts) => blockOf(facts)?.mlp.dMlp ?? Number.NaN,
  rootDHead: (facts) => Math.sqrt(attentionOf(facts)?.dHead ?? Number.NaN),
  eps: (facts) => blockOf(facts)?.norm?.eps ?? Number.NaN,
  vocabulary: (facts) => {
    const embed = stackOf(facts)?.embed;
    return embed?.kind === "tokens" ? embed.vocab : Number.NaN;
  },
  /** Tokens of the text. */
  tokens: ({ trace }) => trace.tokens.length,
  /** The figure's own place. */
  layer: ({ where }) => where.layer,
  head: ({ where }) => where.head,
  /** Of the looked query's row of the pattern. */
  entropy: (facts, at) => entropyOf(facts.row("attn.hook_pattern", at)),
  effectiveKeys: (facts, at) => effectiveKeys(facts.row("attn.hook_pattern", at)),
  largestShare: (facts, at) => Math.max(...facts.row("attn.hook_pattern", at)),
} as const satisfies Record<string, Measure>;

/** Short names of sites. */
const SITES = {
  dot: "attn.step_dot",
  scaled: "attn.step_scaled",
  score: "attn.hook_attn_scores",
  pattern: "attn.hook_pattern",
} as const;

export type MeasureName = keyof typeof MEASURES | keyof typeof SITES;

/** A number by its name: a measure, a site, or `norm:site`, the length of a site's vector; NaN where there is none. */
export function measure(facts: Facts, name: string, at: At = {}): number {
  if (Object.hasOwn(MEASURES, name)) return MEASURES[name as keyof typeof MEASURES](facts, at);
  const norm = /^norm:(.+)$/.exec(name)?.[1];
  if (norm !== undefined) return normOf(facts.row(norm, at));
  return facts.number(Object.hasOwn(SITES, name) ? SITES[name as keyof typeof SITES] : name, at);
}

function stackOf({ trace, where }: Facts) {
  return trace.spec.stacks.find(({ name }) => name === where.stack);
}

function blockOf(facts: Facts): BlockSpec | undefined {
  return stackOf(facts)?.layers[facts.where.layer];
}

function attentionOf(facts: Facts): AttentionSpec | null | undefined {
  const block = blockOf(facts);
  return facts.where.attention === "cross_attn" ? block?.cross : block?.attn;
}
