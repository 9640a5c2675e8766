import type { AttentionSpec, FeatureMap, LearnedRule, ModelSpec, Normaliser, ScoreRule } from "../spec";
import type { ScoreChoice, VariantChange } from "../variants";
import { isCount, mapAttention, require } from "./scope";

/** Positions that a Synthesizer's tables reach; longer inputs are refused. */
const LONGEST_TABLE = 128;

/**
 * Another score rule in self-attention, with the scale and the normaliser that belong to it: only dot products are divided
 * by √d_head, and linear attention is normalised by its sum.
 */
export function changeScore(spec: ModelSpec, change: Extract<VariantChange, { kind: "score" }>): ModelSpec {
  const length = Math.min(spec.context, LONGEST_TABLE);
  return mapAttention(spec, change, (attn) => {
    const score = scoreRule(change.score, attn, length);
    const scale = score.kind === "dot" ? 1 / Math.sqrt(attn.dHead) : 1;
    return { ...attn, score, scale, normaliser: normaliserFor(score, attn.normaliser) };
  });
}

function scoreRule(choice: ScoreChoice, attn: AttentionSpec, length: number): ScoreRule {
  switch (choice.rule) {
    case "linear": {
      const { features, count = 64, seed = 1 } = choice;
      require(isCount(count), "score", "badSize");
      const map: FeatureMap = features === "elu" ? { kind: "elu" } : { kind: "positiveRandom", count, seed };
      return { kind: "linear", features: map };
    }
    case "mixture":
      require(choice.of.length > 0, "score", "badSize");
      return { kind: "mixture", of: choice.of.map((rule) => single({ rule }, attn, length)) };
    default:
      return single(choice, attn, length);
  }
}

function single(
  choice: Exclude<ScoreChoice, { rule: "mixture" | "linear" }>,
  { dHead }: AttentionSpec,
  length: number,
): LearnedRule | { readonly kind: "dot" } {
  switch (choice.rule) {
    case "dot":
      return { kind: "dot" };
    case "additive": {
      const { width = dHead } = choice;
      require(isCount(width), "score", "badSize");
      return { kind: "additive", width };
    }
    case "dense": {
      const { hidden = dHead } = choice;
      require(isCount(hidden), "score", "badSize");
      return { kind: "dense", hidden, length };
    }
    case "factorisedDense": {
      const a = Math.ceil(Math.sqrt(length));
      return { kind: "factorisedDense", a, b: Math.ceil(length / a) };
    }
    case "random":
      return { kind: "random", length };
    case "factorisedRandom": {
      const { rank = 8 } = choice;
      require(isCount(rank), "score", "badSize");
      return { kind: "factorisedRandom", length, rank };
    }
    default:
      return choice satisfies never;
  }
}

function normaliserFor(score: ScoreRule, before: Normaliser): Normaliser {
  if (score.kind === "linear") return { kind: "sum" };
  return before.kind === "sum" ? { kind: "softmax", temperature: 1 } : before;
}
