import { expect, test } from "vitest";
import { headFacts, withCoreference } from "../../../src/analysis/heads/headFacts";
import { pattern } from "../../../src/analysis/matrix";
import type { Tensor } from "../../../src/engine/tensor";
import { modelOf, stackOf } from "../tinyModels";
import { tokensOf } from "../tinyRuns";

function oneHead({ data, shape }: Tensor): Tensor {
  return { data, shape: [1, ...shape], axes: ["head", "query_pos", "key_pos"] };
}

test("every head of a trace is named, cross-attention against the tokens of the other text", () => {
  const trace = {
    spec: modelOf([stackOf({}, 1, { name: "encoder" }), stackOf({}, 1, { name: "decoder" })]),
    tokens: tokensOf("a b ."),
    decoderTokens: tokensOf("x y"),
    sites: {
      "encoder.0.attn.hook_pattern": oneHead(pattern(3, 3, (i, j) => Number(i === j))),
      "encoder.0.attn.hook_z": oneHead(pattern(3, 3, () => 0)),
      "decoder.0.cross_attn.hook_pattern": oneHead(pattern(2, 3, (_, j) => Number(j === 2))),
    },
  };

  const facts = headFacts(trace, new Map([["decoder.0.cross_attn.hook_pattern", [0.25]]]));

  expect(facts.map(({ scores, ...rest }) => ({ ...rest, coreference: scores.coreference }))).toEqual([
    {
      stack: "encoder",
      layer: 0,
      place: "attn",
      head: 0,
      site: "encoder.0.attn.hook_pattern",
      label: { label: "self", score: 1 },
      effectiveKeys: 1,
      entropy: 0,
      coreference: null,
    },
    {
      stack: "decoder",
      layer: 0,
      place: "cross_attn",
      head: 0,
      site: "decoder.0.cross_attn.hook_pattern",
      label: { label: "separator", score: 1 },
      effectiveKeys: 1,
      entropy: 0,
      coreference: 0.25,
    },
  ]);
});

test("facts that were found without the evaluation's scores become what they are with them", () => {
  const patterns = pattern(5, 5, (i, j) => Number(j <= i) / (i + 1));
  const trace = {
    spec: modelOf([stackOf({}, 1)]),
    tokens: tokensOf("a b c d e"),
    decoderTokens: null,
    sites: { "blocks.0.attn.hook_pattern": oneHead(patterns) },
  };
  for (const score of [0.2, 0.95]) {
    const table = new Map([["blocks.0.attn.hook_pattern", [score]]]);
    expect(withCoreference(headFacts(trace), table)).toEqual(headFacts(trace, table));
  }
  expect(withCoreference(headFacts(trace), new Map())).toEqual(headFacts(trace));
});
