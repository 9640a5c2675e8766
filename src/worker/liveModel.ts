import type { WeightRequest } from "../analysis/explain/lookup";
import { backward, NEEDED_FOR_GRADIENTS } from "../engine/backward";
import { run } from "../engine/forward";
import type { Kernels } from "../engine/kernels/kernels";
import { capturedBy } from "../engine/pass";
import { type PreparedModel, prepare, weightColumn, weightRow, weightVector } from "../engine/prepare";
import { readOut } from "../engine/readOut";
import type { Tensor } from "../engine/tensor";
import type { Trace } from "../engine/trace";
import { applyVariant, type Variant } from "../engine/variants";
import { createVariations } from "../engine/variedModel";
import { failure } from "../model/errors";
import type { LoadedModel } from "../model/load";
import type { Tokenizer } from "../model/tokenizer/tokenizer";
import { borrowed } from "./borrow";
import { type Cut, cutInput, firstOf } from "./cut";
import { decode } from "./decode";
import type { DecodePart, DecodeRequest, DecodeResult } from "./decoding";
import type {
  AskedEdit,
  DeriveRequest,
  GradientRequest,
  Input,
  ModelChoice,
  ModelFacts,
  Progress,
  RunRequest,
  Sampling,
} from "./engine";
import { nextText } from "./nextText";
import { createPasses } from "./passes";
import { translated } from "./translated";

/** A loaded model, as the worker's handler uses it. */
export interface LiveModel {
  readonly facts: ModelFacts;
  /** The model with its architecture changed; itself without a change. Throws VariantError for one that it cannot have. */
  vary(variant: Variant): LiveModel;
  /** Cuts an input into tokens: all of them, however many. */
  cut(input: Input): Cut;
  /** The cut as a pass can read it: a model with a decoder writes what that reads where nothing was typed for it. */
  complete(cut: Cut): Cut;
  /** One pass: of all that fits, or of what the request's `capture` accepts and the logits; `logits` as there. */
  trace(cut: Cut, edits: readonly AskedEdit[], of?: Pick<RunRequest, "capture" | "logits">): Trace;
  /** Gets ready the memory that the next trace is written to: for the time between two asks. */
  prepare(): void;
  /** A site of a pass that its trace does not hold. Throws what derive throws. */
  derive(request: Omit<DeriveRequest, "model">): Tensor;
  /** The text that the next sampled token adds to `text`. */
  append(text: string, sampling: Sampling): string;
  /** Writes on from a text, or translates it, step by step. */
  decode(request: DecodeRequest): Generator<DecodePart, DecodeResult>;
  /** The gradients of a target to some sites, by `{site}_grad`: to every attention pattern where none are named. */
  gradients(request: Omit<GradientRequest, keyof ModelChoice>): Readonly<Record<string, Tensor>>;
  /** Logits of states of the last stack's stream. [rows, d_model] → [rows, d_vocab]; null without such a head. */
  readOut(states: Float32Array): Float32Array | null;
  /** Display text of every id; the ids themselves where there is no tokenizer. */
  vocabulary(): readonly string[];
  /** null where the model has no such weight. */
  weight(request: WeightRequest): Float32Array | null;
}

/** Loads a model: from files of the reader's own, or else one that ships, by its id. Throws what the loader throws; an aborted load rejects. */
export type LoadModel = (
  id: string,
  base: string,
  how: {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: Progress) => void;
    readonly files: readonly File[] | null;
  },
) => Promise<LiveModel>;

const PATTERNS = ["*hook_pattern"];

/** Variants of one model that are kept with what they computed last. */
const MOST_VARIANTS = 4;

/** Packs a loaded model for a backend and joins it with its tokenizer. */
export function liveModel(loaded: LoadedModel, kernels: Kernels): LiveModel {
  return liveModelOf(loaded, prepare(loaded.spec, loaded.weights, kernels));
}

/** Joins a packed model with its tokenizer. */
export function liveModelOf(loaded: LoadedModel, model: PreparedModel): LiveModel {
  const variations = createVariations(model);
  const known = new Map<string, Varied>();
  const tidy = () => {
    for (const [name, { prepared, searches }] of known) {
      if (known.size <= MOST_VARIANTS) return;
      if (searches > 0) continue;
      known.delete(name);
      variations.drop(prepared);
    }
  };
  const make = (variant: Variant): Varied => {
    const prepared = variations.of(applyVariant(loaded.spec, variant));
    const live = liveOf(loaded, prepared, vary);
    const varied: Varied = {
      prepared,
      searches: 0,
      live: {
        ...live,
        *decode(request) {
          varied.searches += 1;
          try {
            return yield* live.decode(request);
          } finally {
            varied.searches -= 1;
          }
        },
      },
    };
    return varied;
  };
  const vary = (variant: Variant): LiveModel => {
    if (variant.length === 0) return plain;
    const name = JSON.stringify(variant, (_, value) => (value === -Infinity ? "-Infinity" : value));
    const varied = known.get(name) ?? make(variant);
    known.delete(name);
    known.set(name, varied);
    tidy();
    return varied.live;
  };
  const plain = liveOf(loaded, model, vary);
  return plain;
}

/** A variant that is kept: its weights are given back once it is the oldest and no search goes on with it. */
interface Varied {
  readonly live: LiveModel;
  readonly prepared: PreparedModel;
  searches: number;
}

/** A prepared model, the loaded one or a variation of it, with the loaded one's tokenizer. */
function liveOf(
  { id, tokenizer, parameters, preprocessing, extra }: LoadedModel,
  model: PreparedModel,
  vary: LiveModel["vary"],
): LiveModel {
  const { spec } = model;
  const passes = createPasses(model);
  const reads = preprocessing !== null ? "image" : tokenizer === null ? "ids" : "text";
  const cut = (input: Input) => cutInput(input, { id, spec, tokenizer, preprocessing });
  const settle = (edits: readonly AskedEdit[]) =>
    borrowed(edits, (input, site) =>
      passes.derive(translated(model, tokenizer, firstOf(cut(input), spec.context)).input, [], site, null),
    );
  return {
    facts: { id, spec, parameters, reads, kernels: model.kernels.name, unread: extra },
    vary,
    cut,
    complete: (read) => translated(model, tokenizer, read),
    trace({ input, tokens, decoderTokens }, edits, { capture, logits } = {}) {
      const sites =
        capture === undefined
          ? passes.run(input, settle(edits), logits)
          : passes.glance(input, settle(edits), capture);
      return { modelId: id, spec, tokens, decoderTokens, sites };
    },
    prepare: passes.prepare,
    derive: ({ input, edits, site, head }) => passes.derive(input, settle(edits), site, head),
    append: (text, sampling) => nextText(model, needed(tokenizer, id), text, sampling),
    decode: ({ input, ...settings }) => decode(model, tokenizer, firstOf(cut(input), spec.context), settings),
    gradients({ input, target, sites: wanted = PATTERNS }) {
      const { sites } = run(model, input, { capture: [...NEEDED_FOR_GRADIENTS, ...wanted] });
      const asked = capturedBy(wanted);
      const all = Object.entries(backward(model, sites, input, target));
      return Object.fromEntries(all.filter(([name]) => asked(name.replace(/_grad$/, ""))));
    },
    readOut: (states) => readOut(model, states),
    vocabulary: () => {
      const { embed } = spec.stacks[0] ?? {};
      const size = embed?.kind === "tokens" ? embed.vocab : 0;
      const ids = Array.from({ length: size }, (_, n) => n);
      return ids.map((id) =>
        tokenizer === null ? String(id) : (tokenizer.spell([id]).tokens[0]?.text ?? ""),
      );
    },
    weight: ({ weight, take, at }) => {
      if (take === "vector") return weightVector(model, weight);
      return take === "row" ? weightRow(model, weight, at) : weightColumn(model, weight, at);
    },
  };
}

function needed(tokenizer: Tokenizer | null, id: string): Tokenizer {
  if (tokenizer === null) throw failure("noTokenizer", { folder: id });
  return tokenizer;
}
