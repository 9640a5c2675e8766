import { sees } from "../../engine/masks";
import type { AttentionPlace } from "../../engine/sites";
import type { MaskSpec, ModelSpec, StackName } from "../../engine/spec";
import { first } from "../../engine/tensor";
import type { Trace } from "../../engine/trace";
import { meanOf } from "../matrix";
import { meanEffectiveKeys, rowEntropies } from "./entropy";
import { bestLabel, type HeadText, type Label, type LabelScores, labelScorer } from "./labels";

/** What is known of one head on the text at hand. */
export interface HeadFacts {
  readonly stack: StackName;
  readonly layer: number;
  readonly place: AttentionPlace;
  readonly head: number;
  /** Site of its pattern; `first(trace.sites[site], head)` is the pattern itself. */
  readonly site: string;
  readonly scores: LabelScores;
  readonly label: { readonly label: Label; readonly score: number } | null;
  /** Mean over queries of how many keys it really uses. */
  readonly effectiveKeys: number;
  /** Mean over queries of the entropy of its attention, in bits. */
  readonly entropy: number;
}

/** Coreference scores of an evaluation, by pattern site and head. */
export type CoreferenceTable = ReadonlyMap<string, readonly number[]>;

/** The facts of every head whose pattern the trace holds, in the order of the model. */
export function headFacts(
  trace: Pick<Trace, "spec" | "sites" | "tokens" | "decoderTokens">,
  coreference: CoreferenceTable = new Map(),
): readonly HeadFacts[] {
  const scorers = new Map<string, ReturnType<typeof labelScorer>>();
  return patternSites(trace.sites).flatMap(({ site, stack, layer, place, patterns }) => {
    const [heads = 0] = patterns.shape;
    const mask = maskOf(trace.spec, stack, layer, place);
    const text = `${stack} ${place} ${JSON.stringify(mask)}`;
    const scorer = scorers.get(text) ?? labelScorer(textOf(trace, stack, place, mask));
    scorers.set(text, scorer);
    return Array.from({ length: heads }, (_, head) => {
      const pattern = first(patterns, head);
      const scores = scorer({ pattern, coreference: coreference.get(site)?.[head] ?? null });
      return {
        stack,
        layer,
        place,
        head,
        site,
        scores,
        label: bestLabel(scores),
        effectiveKeys: meanEffectiveKeys(pattern),
        entropy: meanOf(rowEntropies(pattern)),
      };
    });
  });
}

/** Facts that were found without the evaluation's scores, with them: a head may get another label. */
export function withCoreference(
  facts: readonly HeadFacts[],
  coreference: CoreferenceTable,
): readonly HeadFacts[] {
  return facts.map((fact) => {
    const found = coreference.get(fact.site)?.[fact.head];
    if (found === undefined) return fact;
    const scores = { ...fact.scores, coreference: found };
    return { ...fact, scores, label: bestLabel(scores) };
  });
}

function textOf(
  trace: Pick<Trace, "spec" | "tokens" | "decoderTokens">,
  stack: StackName,
  place: AttentionPlace,
  mask: MaskSpec,
): HeadText {
  const queries = stack === "decoder" ? (trace.decoderTokens ?? []) : trace.tokens;
  const cross = place === "cross_attn";
  const image = trace.spec.stacks[0]?.embed.kind === "patches";
  return {
    queries,
    keys: cross ? trace.tokens : queries,
    cross,
    image,
    sees: (query, key) => sees(mask, query, key, queries.length),
  };
}

function maskOf(spec: ModelSpec, stack: StackName, layer: number, place: AttentionPlace): MaskSpec {
  const block = spec.stacks.find(({ name }) => name === stack)?.layers[layer];
  return (place === "cross_attn" ? block?.cross : block?.attn)?.mask ?? { kind: "none" };
}

/** The attention patterns that a trace holds, with where each stands. */
export function patternSites(sites: Trace["sites"]) {
  return Object.entries(sites).flatMap(([site, patterns]) => {
    const [, stack, layer, place] =
      /^(blocks|encoder|decoder)\.(\d+)\.(attn|cross_attn)\.hook_pattern$/.exec(site) ?? [];
    if (stack === undefined || place === undefined || patterns === undefined) return [];
    return [
      { site, stack: stack as StackName, layer: Number(layer), place: place as AttentionPlace, patterns },
    ];
  });
}
