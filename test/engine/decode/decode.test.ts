import { describe, expect, it } from "vitest";
import { type BeamOptions, beamSearch, idsTo } from "../../../src/engine/decode/beam";
import { type Choose, generate, greedy, sampler } from "../../../src/engine/decode/generate";
import type { DecodeOptions } from "../../../src/engine/decode/prefix";
import { argmax, logSoftmax } from "../../../src/engine/decode/sampling";
import { run } from "../../../src/engine/forward";
import type { PreparedModel } from "../../../src/engine/prepare";
import type { ModelSpec } from "../../../src/engine/spec";
import type { RunInput } from "../../../src/engine/trace";
import { nth, reader, rowsOf } from "../support/sites";
import { modelSpec, seq2seqSpec, stackSpec, tokenEmbed } from "../support/specs";
import { randomModel } from "../support/weights";

const STOP = 0;
const options: DecodeOptions = { maxTokens: 3, capture: [], stop: [STOP], banned: [] };

/** A vocabulary of 4, so that every text can be tried. */
function tiny(spec: ModelSpec): ModelSpec {
  const stacks = spec.stacks.map((stack) =>
    stack.embed.kind === "tokens" ? { ...stack, embed: { ...stack.embed, vocab: 4 } } : stack,
  );
  return { ...spec, stacks, ids: { ...spec.ids, decoderStart: 1 } };
}

const causal = { model: randomModel(tiny(modelSpec()), 3), input: { ids: [1, 2] }, start: [1, 2] };
const translation = { model: randomModel(tiny(seq2seqSpec()), 5), input: { ids: [3, 2, 1] }, start: [1] };

function finish<T, R>(steps: Generator<T, R>): { steps: T[]; result: R } {
  const seen: T[] = [];
  for (;;) {
    const next = steps.next();
    if (next.done) return { steps: seen, result: next.value };
    seen.push(next.value);
  }
}

function inputWith(input: RunInput, model: PreparedModel, ids: readonly number[]): RunInput {
  return model.spec.stacks.length === 1 ? { ...input, ids } : { ...input, decoderIds: ids };
}

/** log-probabilities of the token after ids, by a full run. */
function nextOf(model: PreparedModel, input: RunInput, ids: readonly number[]): Float64Array {
  const { sites } = run(model, inputWith(input, model, ids), { capture: [] });
  const rows = rowsOf(reader(sites)("logits"));
  return logSoftmax(nth(rows, rows.length - 1));
}

/** Every text that ends by the stop id or at the last allowed token, with its log-probability. */
function allTexts(model: PreparedModel, input: RunInput, start: readonly number[], left: number) {
  const texts: { ids: readonly number[]; logProbability: number }[] = [];
  const follow = (ids: readonly number[], before: number, remaining: number): void => {
    nextOf(model, input, ids).forEach((step, id) => {
      const text = { ids: [...ids, id], logProbability: before + step };
      if (id === STOP || remaining === 1) texts.push(text);
      else follow(text.ids, text.logProbability, remaining - 1);
    });
  };
  follow(start, 0, left);
  return texts;
}

describe("generate", () => {
  for (const [name, { model, input, start }] of Object.entries({ causal, translation })) {
    it(`emits at each step the most probable token of a full run: ${name}`, () => {
      const { steps, result } = finish(
        generate(model, input, greedy, { ...options, stop: [], maxTokens: 6 }),
      );
      expect(steps).toHaveLength(6);
      let ids = start;
      for (const step of steps) {
        const next = nextOf(model, input, ids);
        expect(step.ids).toEqual(ids);
        expect(step.id).toBe(argmax(next));
        expect(step.logProbability).toBeCloseTo(nth(next, step.id), 10);
        ids = [...ids, step.id];
      }
      expect(result.ids).toEqual(ids);
    });

    it(`records a full trace of every emitted token: ${name}`, () => {
      const { steps } = finish(generate(model, input, greedy, { ...options, stop: [], capture: "all" }));
      expect(steps).toHaveLength(3);
      for (const { ids, sites } of steps) {
        const full = run(model, inputWith(input, model, ids), { capture: "all", logits: "last" });
        expect(sites).toEqual(full.sites);
      }
    });
  }

  it("draws the same text for the same seed", () => {
    const hot = { temperature: 2, topK: null, topP: null };
    const text = (seed: number) =>
      finish(generate(causal.model, causal.input, sampler(hot, seed), { ...options, maxTokens: 9, stop: [] }))
        .result.ids;
    expect(text(1)).toEqual(text(1));
    expect(new Set([1, 2, 3, 4].map((seed) => text(seed).join(" "))).size).toBeGreaterThan(1);
  });

  it("says why it ended and never emits a banned id", () => {
    const choose =
      (id: number): Choose =>
      () =>
        id;
    const end = (by: Choose, more: Partial<DecodeOptions>) =>
      finish(generate(causal.model, causal.input, by, { ...options, ...more })).result.end;
    expect(end(choose(STOP), {})).toBe("stop");
    expect(end(choose(1), {})).toBe("max_tokens");
    expect(end(choose(1), { maxTokens: 100 })).toBe("context");
    const { steps } = finish(generate(causal.model, causal.input, greedy, { ...options, stop: [] }));
    const first = nth(steps, 0).id;
    const without = finish(generate(causal.model, causal.input, greedy, { ...options, banned: [first] }));
    expect(without.result.ids.slice(2)).not.toContain(first);
  });

  it("says that an encoder–decoder without a start id needs decoder ids", () => {
    const model = randomModel(seq2seqSpec());
    expect(() => finish(generate(model, { ids: [1] }, greedy, options))).toThrow("needs decoder ids");
  });
});

describe("beamSearch", () => {
  const wide: BeamOptions = { ...options, beams: 64, lengthPenalty: 1, best: 5 };
  for (const [name, { model, input, start }] of Object.entries({ causal, translation })) {
    for (const lengthPenalty of [0, 0.6, 2]) {
      it(`finds the best of all texts when nothing is pruned: ${name}, length penalty ${lengthPenalty}`, () => {
        const expected = allTexts(model, input, start, 3)
          .map((text) => ({
            ...text,
            score: text.logProbability / (text.ids.length - start.length) ** lengthPenalty,
          }))
          .sort((a, b) => b.score - a.score);
        const { result } = finish(beamSearch(model, input, { ...wide, lengthPenalty }));
        expect(result.texts).toHaveLength(5);
        expect(result.texts.map(({ ids }) => ids)).toEqual(expected.slice(0, 5).map(({ ids }) => ids));
        result.texts.forEach(({ logProbability, score }, n) => {
          expect(logProbability).toBeCloseTo(nth(expected, n).logProbability, 6);
          expect(score).toBeCloseTo(nth(expected, n).score, 6);
        });
      });
    }

    it(`is greedy decoding with one beam and no stop id: ${name}`, () => {
      const open = { ...options, stop: [] };
      const one = finish(beamSearch(model, input, { ...wide, ...open, beams: 1 })).result;
      expect(nth(one.texts, 0).ids).toEqual(finish(generate(model, input, greedy, open)).result.ids);
    });

    it(`keeps the whole tree, pruned branches included: ${name}`, () => {
      const { steps, result } = finish(beamSearch(model, input, { ...wide, beams: 2 }));
      expect(nth(steps, steps.length - 1)).toEqual(result.nodes);
      expect(result.nodes.some(({ state }) => state === "pruned")).toBe(true);
      result.nodes.slice(1).forEach((node) => {
        const parent = nth(result.nodes, node.parent);
        expect(parent.state).toBe("open");
        expect(node.depth).toBe(parent.depth + 1);
        expect(node.total).toBeCloseTo(parent.total + node.logProbability, 10);
        const ids = [...start, ...idsTo(result.nodes, node.parent)];
        expect(node.logProbability).toBeCloseTo(nth(nextOf(model, input, ids), node.id), 5);
      });
    });
  }

  /** Beam search without stopping early: every step up to the last allowed token. */
  function searchToTheEnd(
    model: PreparedModel,
    input: RunInput,
    start: readonly number[],
    beams: number,
    longest: number,
    lengthPenalty: number,
  ) {
    const finished: { ids: readonly number[]; score: number }[] = [];
    let open = [{ ids: start, total: 0 }];
    for (let depth = 1; depth <= longest; depth++) {
      const ranked = open
        .flatMap(({ ids, total }) =>
          Array.from(nextOf(model, input, ids), (step, id) => ({
            ids: [...ids, id],
            total: total + step,
            id,
          })),
        )
        .sort((a, b) => b.total - a.total)
        .slice(0, 2 * beams);
      const going = ranked.filter(({ id }) => id !== STOP).slice(0, beams);
      const ended = depth === longest ? going : [];
      const stopped = ranked.filter(({ id }, rank) => id === STOP && rank < beams);
      finished.push(
        ...[...stopped, ...ended].map(({ ids, total }) => ({ ids, score: total / depth ** lengthPenalty })),
      );
      open = going;
    }
    return finished.sort((a, b) => b.score - a.score).slice(0, beams);
  }

  it("stops early only when nothing better can follow", () => {
    const depths: number[] = [];
    for (const lengthPenalty of [0, 1]) {
      for (let seed = 1; seed <= 30; seed++) {
        const model = randomModel(tiny(modelSpec()), seed);
        const narrow = { ...wide, beams: 3, best: 3, maxTokens: 6, lengthPenalty };
        const { result } = finish(beamSearch(model, causal.input, narrow));
        const expected = searchToTheEnd(model, causal.input, causal.start, 3, 6, lengthPenalty);
        expect(result.texts.map(({ ids }) => ids)).toEqual(expected.map(({ ids }) => ids));
        depths.push(Math.max(...result.nodes.map(({ depth }) => depth)));
      }
    }
    expect(Math.min(...depths)).toBeLessThan(6);
  });

  it("follows at most the given number of texts at each depth", () => {
    const { nodes } = finish(beamSearch(causal.model, causal.input, { ...wide, beams: 2 })).result;
    for (let depth = 1; depth <= 3; depth++) {
      const open = nodes.filter((node) => node.depth === depth && node.state === "open");
      // At the last depth every text that is still followed ends.
      expect(open.length > 0).toBe(depth < 3);
      expect(open.length).toBeLessThanOrEqual(2);
    }
  });

  it("stops within the context", () => {
    const spec = modelSpec({ context: 4, stacks: [stackSpec({ embed: tokenEmbed({ vocab: 4 }) })] });
    const { texts } = finish(
      beamSearch(randomModel(spec), { ids: [1, 2] }, { ...wide, maxTokens: 9 }),
    ).result;
    expect(Math.max(...texts.map(({ ids }) => ids.length))).toBe(4);
  });
});
