import { beamSearch } from "../engine/decode/beam";
import { type Choose, type DecodeStep, generate, greedy, sampler } from "../engine/decode/generate";
import { type DecodeOptions, startIds } from "../engine/decode/prefix";
import { firstNotFinite } from "../engine/finite";
import { run } from "../engine/forward";
import type { ModelSpec } from "../engine/spec";
import type { RunInput } from "../engine/trace";
import type { Tokenizer } from "../model/tokenizer/tokenizer";
import { tokensOfIds } from "../model/tokens";
import { type Flags, number, readFlags, UsageError } from "./flags";
import { INPUT_FLAGS, INPUT_USAGE, notFiniteNote, type OpenModel, openModel, readInput } from "./model";

const VALUES = [
  "model",
  "beam",
  "best",
  "length-penalty",
  "temperature",
  "top-k",
  "top-p",
  "seed",
  "max-tokens",
];

/** One text that was written: its tokens after the prompt, and how probable the model finds them. */
interface Written {
  readonly ids: readonly number[];
  readonly text: string;
  readonly logProbability: number;
  readonly tokens?: readonly {
    readonly id: number;
    readonly text: string;
    readonly logProbability: number;
  }[];
  readonly score?: number;
  readonly end?: string;
}

/** What `npm run decode -- --help` says. */
export const DECODE_USAGE = `npm run decode -- --model DIR --text "…"
What the model writes next, or its translation, on standard output.

  --model DIR            a model folder in Hugging Face's layout
  --greedy               always the likeliest token (what is done without a strategy)
  --beam N               beam search; --best N of its texts, --length-penalty X (1)
  --temperature X        sampling, with --top-k N, --top-p X and --seed N
  --max-tokens N         how many tokens at most (32)
  --json                 one line with ids, text and log-probabilities
${INPUT_USAGE}`;

/**
 * npm run decode, as DECODE_USAGE says. --json is one line: {prompt: {ids}, ids, text, logProbability} and, for greedy and
 * sampling, end and tokens: [{id, text, logProbability}]; for beams score and texts: [{ids, text, logProbability, score}],
 * the best first.
 */
export async function decodeCommand(
  args: readonly string[],
  write: (text: string) => void = (text) => process.stdout.write(text),
): Promise<void> {
  const flags = readFlags(args, { values: [...VALUES, ...INPUT_FLAGS], switches: ["greedy", "json"] });
  const strategy = strategyOf(flags);
  const maxTokens = number(flags, "max-tokens", 32, { from: 1, to: 100_000, whole: true });
  const model = await openModel(flags);
  const { spec } = model.loaded;
  if (!writes(spec))
    throw new UsageError("this model does not write text: it has no causal language-model head");
  const input = withoutEnd(readInput(model, flags).input, spec, flags);
  if (startIds(spec, input).length >= spec.context) {
    throw new UsageError(
      `the prompt fills the model's context of ${spec.context} tokens: nothing can be added`,
    );
  }
  const options: DecodeOptions = {
    maxTokens,
    capture: [],
    stop: spec.ids.eos === null ? [] : [spec.ids.eos],
    banned: spec.stacks.length === 2 && spec.ids.pad !== null ? [spec.ids.pad] : [],
  };
  const texts =
    strategy.kind === "beam"
      ? beams(model, input, strategy, options)
      : [one(model, input, strategy.choose, options)];
  if (texts.some(({ logProbability }) => Number.isNaN(logProbability))) {
    const lost = firstNotFinite(run(model.prepared, input, { capture: "all" }).sites);
    if (lost !== null) throw new UsageError(notFiniteNote(lost));
  }
  const [best] = texts;
  if (best === undefined) throw new Error("the search found no text");
  const result = strategy.kind === "beam" ? { ...best, texts } : best;
  const line = flags.given("json") ? JSON.stringify({ prompt: { ids: input.ids }, ...result }) : best.text;
  write(`${line}\n`);
}

type Strategy =
  | { readonly kind: "one"; readonly choose: Choose }
  | { readonly kind: "beam"; readonly beams: number; readonly best: number; readonly lengthPenalty: number };

const SAMPLING = ["temperature", "top-k", "top-p", "seed"];

function strategyOf(flags: Flags): Strategy {
  const sampling = SAMPLING.filter((name) => flags.given(name));
  const chosen = [flags.given("greedy"), flags.given("beam"), sampling.length > 0].filter(Boolean);
  if (chosen.length > 1)
    throw new UsageError("choose one of --greedy, --beam, and sampling (--temperature …)");
  for (const name of ["best", "length-penalty"]) {
    if (flags.given(name) && !flags.given("beam")) throw new UsageError(`--${name} needs --beam`);
  }
  if (flags.given("beam")) {
    const beams = number(flags, "beam", 4, { from: 1, to: 64, whole: true });
    return {
      kind: "beam",
      beams,
      best: number(flags, "best", 1, { from: 1, to: beams, whole: true }),
      lengthPenalty: number(flags, "length-penalty", 1, { from: -10, to: 10, whole: false }),
    };
  }
  if (sampling.length === 0) return { kind: "one", choose: greedy };
  const options = {
    temperature: number(flags, "temperature", 1, { from: 0, to: 100, whole: false }),
    topK: flags.given("top-k") ? number(flags, "top-k", 1, { from: 1, to: 10_000_000, whole: true }) : null,
    topP: flags.given("top-p") ? number(flags, "top-p", 1, { from: 0, to: 1, whole: false }) : null,
  };
  const seed = number(flags, "seed", 0, { from: 0, to: 2 ** 32 - 1, whole: true });
  return { kind: "one", choose: sampler(options, seed) };
}

/** Whether the last stack looks back only and has a head over the vocabulary. */
function writes({ stacks, heads }: ModelSpec): boolean {
  const causal = stacks
    .at(-1)
    ?.layers.every(({ attn: { mask } }) => mask.kind === "causal" || (mask.kind === "window" && mask.causal));
  return causal === true && heads.some(({ kind }) => kind === "lm");
}

/** A prompt must not end with the token that says that the text is over, where the tokenizer put it there. */
function withoutEnd(input: RunInput, { stacks, ids: { eos } }: ModelSpec, flags: Flags): RunInput {
  const closed =
    stacks.length === 1 && flags.given("text") && input.ids.length > 1 && input.ids.at(-1) === eos;
  return closed ? { ...input, ids: input.ids.slice(0, -1) } : input;
}

function one(
  { prepared, loaded: { tokenizer } }: OpenModel,
  input: RunInput,
  choose: Choose,
  options: DecodeOptions,
): Written {
  const written = generate(prepared, input, choose, options);
  const steps: DecodeStep[] = [];
  let next = written.next();
  for (; !next.done; next = written.next()) steps.push(next.value);
  const ids = steps.map(({ id }) => id);
  const texts = tokensOfIds(ids, tokenizer);
  return {
    ids,
    text: textOf(ids, tokenizer),
    logProbability: next.value.logProbability,
    end: next.value.end,
    tokens: steps.map(({ id, logProbability }, i) => ({ id, text: texts[i]?.text ?? "", logProbability })),
  };
}

function beams(
  { prepared, loaded: { tokenizer } }: OpenModel,
  input: RunInput,
  { beams: count, best, lengthPenalty }: Extract<Strategy, { kind: "beam" }>,
  options: DecodeOptions,
): readonly Written[] {
  const search = beamSearch(prepared, input, { ...options, beams: count, best, lengthPenalty });
  let next = search.next();
  while (!next.done) next = search.next();
  const { nodes, texts } = next.value;
  return texts.map(({ ids, node, logProbability, score }) => {
    const emitted = ids.slice(ids.length - (nodes[node]?.depth ?? 0));
    return { ids: emitted, text: textOf(emitted, tokenizer), logProbability, score };
  });
}

function textOf(ids: readonly number[], tokenizer: Tokenizer | null): string {
  return tokenizer?.decode(ids) ?? ids.join(",");
}
