import { type BeamNode, beamSearch, idsTo } from "../engine/decode/beam";
import { generate, greedy, sampler } from "../engine/decode/generate";
import { type DecodeOptions, type EndReason, startIds } from "../engine/decode/prefix";
import { logSoftmax } from "../engine/decode/sampling";
import type { PreparedModel } from "../engine/prepare";
import type { ModelSpec } from "../engine/spec";
import type { Capture, RunInput, Token } from "../engine/trace";
import type { Tokenizer } from "../model/tokenizer/tokenizer";
import { tokensOfIds } from "../model/tokens";
import type { Cut } from "./cut";
import type { DecodedText, DecodeNode, DecodePart, DecodeRequest, DecodeResult } from "./decoding";
import type { Sampling } from "./engine";
import { lookedAt } from "./lookedAt";

/** Candidates that are told of each step of greedy decoding and sampling, the chosen one included. */
const CANDIDATES = 5;

const ATTENTION: Capture = ["blocks.*.attn.hook_pattern", "decoder.*attn.hook_pattern"];

const ROOT: DecodeNode = {
  parent: -1,
  id: -1,
  text: "",
  depth: 0,
  logProbability: 0,
  total: 0,
  state: "open",
};

/** A model, its tokenizer and the text that it goes on from. */
interface Writer {
  readonly model: PreparedModel;
  readonly tokenizer: Tokenizer | null;
  readonly input: RunInput;
  readonly source: readonly Token[] | null;
}

/** Writes on from a text, or translates it, one yield for each step: the whole search so far. */
export function* decode(
  model: PreparedModel,
  tokenizer: Tokenizer | null,
  cut: Cut,
  { decoding, sampling }: Pick<DecodeRequest, "decoding" | "sampling">,
): Generator<DecodePart, DecodeResult> {
  const writer = writerOf(model, tokenizer, cut);
  const options: DecodeOptions = {
    maxTokens: decoding.maxTokens,
    capture: ATTENTION,
    ...endings(model.spec),
  };
  if (decoding.strategy === "beam") {
    return yield* beams(writer, { ...options, ...decoding, best: decoding.beams });
  }
  const choose = decoding.strategy === "greedy" ? greedy : sampler(samplingOptions(sampling), sampling.seed);
  return yield* oneText(writer, choose, options);
}

function writerOf(model: PreparedModel, tokenizer: Tokenizer | null, { input, tokens }: Cut): Writer {
  const { stacks, ids } = model.spec;
  if (stacks.length > 1) {
    const { decoderIds: _, ...source } = input;
    return { model, tokenizer, input: source, source: tokens };
  }
  // A prompt is not over yet, even where the tokenizer says so.
  const closed = input.ids.length > 1 && input.ids.at(-1) === ids.eos;
  return {
    model,
    tokenizer,
    input: closed ? { ids: input.ids.slice(0, -1) } : input,
    source: null,
  };
}

/** What ends a text, and what is never written. */
export function endings({ stacks, ids }: ModelSpec): Pick<DecodeOptions, "stop" | "banned"> {
  const never = [ids.bos, ids.mask, ids.cls, ...(stacks.length > 1 ? [ids.pad, ids.decoderStart] : [])];
  return {
    stop: ids.eos === null ? [] : [ids.eos],
    banned: never.filter((id) => id !== null && id !== ids.eos).map(Number),
  };
}

/** A session's settings as the engine takes them: there 0 and 1 mean "cut nothing". */
export function samplingOptions({ temperature, topK, topP }: Sampling) {
  return { temperature, topK: topK === 0 ? null : topK, topP: topP === 1 ? null : topP };
}

function* oneText(
  writer: Writer,
  choose: typeof greedy,
  options: DecodeOptions,
): Generator<DecodePart, DecodeResult> {
  const { model, input } = writer;
  const run = generate(model, input, choose, options);
  const nodes: DecodeNode[] = [ROOT];
  let last = 0;
  let next = run.next();
  for (; !next.done; next = run.next()) {
    const { id, ids, sites } = next.value;
    const parent = nodes[last] ?? ROOT;
    const read = { node: last, looked: lookedAt(sites) };
    const logits = sites.logits?.data.slice() ?? new Float32Array(0);
    for (const banned of options.banned) logits[banned] = Number.NEGATIVE_INFINITY;
    const log = logSoftmax(logits);
    for (const candidate of candidates(log, id)) {
      const logProbability = log[candidate] ?? Number.NEGATIVE_INFINITY;
      const ends = options.stop.includes(id) || parent.depth + 1 === options.maxTokens;
      if (candidate === id) last = nodes.length;
      nodes.push({
        parent: read.node,
        id: candidate,
        text: lastText(writer, [...ids, candidate]),
        depth: parent.depth + 1,
        logProbability,
        total: parent.total + logProbability,
        state: candidate !== id ? "pruned" : ends ? "finished" : "open",
      });
    }
    yield partOf(writer, nodes, [read]);
  }
  const { ids, logProbability, end } = next.value;
  const text = written(writer, ids);
  return { texts: [{ node: last, text, logProbability, score: logProbability, end }] };
}

/** The likeliest ids and the chosen one, likeliest first. */
function candidates(log: Float64Array, chosen: number): readonly number[] {
  const order = Array.from(log.keys()).sort((a, b) => (log[b] ?? 0) - (log[a] ?? 0) || a - b);
  const top = order.slice(0, CANDIDATES);
  return top.includes(chosen) ? top : [...top.slice(0, CANDIDATES - 1), chosen];
}

function* beams(
  writer: Writer,
  options: Parameters<typeof beamSearch>[2],
): Generator<DecodePart, DecodeResult> {
  const { model, input } = writer;
  const start = startIds(model.spec, input);
  const search = beamSearch(model, input, options);
  const nodes: DecodeNode[] = [];
  const told = new Set<number>();
  const update = (found: readonly BeamNode[]) => {
    found.forEach(({ parent, id, depth, logProbability, total, state }, at) => {
      const text = nodes[at]?.text ?? (id < 0 ? "" : lastText(writer, [...start, ...idsTo(found, at)]));
      nodes[at] = { parent, id, text, depth, logProbability, total, state };
    });
    const reads = found.flatMap(({ sites }, node) =>
      sites === null || told.has(node) ? [] : [{ node, looked: lookedAt(sites) }],
    );
    for (const { node } of reads) told.add(node);
    return reads;
  };
  let next = search.next();
  for (; !next.done; next = search.next()) {
    const reads = update(next.value);
    yield partOf(writer, nodes, reads);
  }
  const texts = next.value.texts.map(({ ids, node, logProbability, score }): DecodedText => {
    const stopped = options.stop.includes(ids.at(-1) ?? -1);
    const full = ids.length >= model.spec.context;
    const end: EndReason = stopped ? "stop" : full ? "context" : "max_tokens";
    return { node, text: written(writer, ids), logProbability, score, end };
  });
  return { texts };
}

function partOf(
  { model, tokenizer, input, source }: Writer,
  nodes: readonly DecodeNode[],
  reads: DecodePart["reads"],
): DecodePart {
  return { source, start: tokensOfIds(startIds(model.spec, input), tokenizer), nodes: [...nodes], reads };
}

/** Display text of the last of some ids. */
function lastText({ tokenizer }: Writer, ids: readonly number[]): string {
  return tokensOfIds(ids, tokenizer).at(-1)?.text ?? "";
}

/** What some ids say beyond what was there before them. */
function written({ model, tokenizer, input }: Writer, ids: readonly number[]): string {
  const start = startIds(model.spec, input);
  if (tokenizer === null) return ids.slice(start.length).join(" ");
  return tokenizer.decode(ids).slice(tokenizer.decode(start).length);
}
