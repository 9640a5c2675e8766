import type { WeightRequest } from "../analysis/explain/lookup";
import type { HeadFacts } from "../analysis/heads/headFacts";
import type { Target } from "../engine/backward/output";
import type { Edit, Where } from "../engine/edits";
import type { NotFinite } from "../engine/finite";
import type { ModelSpec } from "../engine/spec";
import type { Tensor } from "../engine/tensor";
import type { RunInput, SitePattern, Trace } from "../engine/trace";
import type { Variant } from "../engine/variants";
import type { Picture } from "../model/image";
import type { DecodePart, DecodeRequest, DecodeResult } from "./decoding";
import type { Failure } from "./failure";

/** How random next tokens are drawn. `topK` 0 and `topP` 1 keep the whole vocabulary; temperature 0 takes the largest. */
export interface Sampling {
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly seed: number;
}

/**
 * Text is cut into tokens in the worker; ids are taken as they are; an image is resized and normalised as the model wants
 * it. `second` is the other text of a pair; `target` is what the decoder of a model that has one is given to read, and is
 * passed over by others. A model without a tokenizer reads a text of numbers as ids.
 */
export type Input =
  | { readonly text: string; readonly second?: string; readonly target?: string }
  | { readonly ids: readonly number[] }
  | { readonly image: Picture };

/** A patch with the values of another text's run of the same model and variant, without edits. */
export interface Borrow {
  readonly kind: "borrow";
  readonly site: string;
  readonly at?: Where;
  /** The other text, and where in its run the values are; left out: at the same place. */
  readonly from: {
    readonly text: string;
    readonly second?: string;
    readonly target?: string;
    readonly at?: Where;
  };
}

/** An edit as a page asks for it. */
export type AskedEdit = Edit | Borrow;

/** A model of the library, and what is changed about its architecture: nothing where it is left out. */
export interface ModelChoice {
  readonly model: string;
  readonly variant?: Variant;
}

export interface RunRequest extends ModelChoice {
  readonly input: Input;
  readonly edits: readonly AskedEdit[];
  /** What the trace holds besides its logits, where not everything is looked at: less memory, and nothing is kept for a next pass. */
  readonly capture?: readonly SitePattern[];
  /** "last" where nobody looks at earlier rows of logits: those of a large vocabulary are then left to `derive`. */
  readonly logits?: "last";
}

export interface ModelFacts {
  readonly id: string;
  readonly spec: ModelSpec;
  /** Number of trained numbers. */
  readonly parameters: number;
  /** What the model can be given: without a tokenizer, ids alone. */
  readonly reads: "text" | "ids" | "image";
  /** What computes: "plain" where WebAssembly is refused, with the same numbers, more slowly. */
  readonly kernels: "plain" | "simd" | "relaxed";
  /** Tensors of its files that this architecture has no use for. */
  readonly unread: readonly string[];
}

/** A model folder of the reader's own: its files are read where they are. */
export interface OpenRequest {
  /** The id that later requests name the model by. */
  readonly model: string;
  readonly files: readonly File[];
}

/** What a pass read and changed: it names a trace of the model. */
export interface PassOf extends ModelChoice {
  readonly input: RunInput;
  readonly edits: readonly AskedEdit[];
}

/** A site that the trace of a pass does not hold. `head` picks one head of a site that has them; that axis is dropped. */
export interface DeriveRequest extends PassOf {
  readonly site: string;
  readonly head: number | null;
}

/** All heads of one attention layer of a trace that is too long to hold its patterns. */
export interface LayerRequest extends PassOf, Pick<Trace, "tokens" | "decoderTokens"> {
  /** The layer's hook_pattern. */
  readonly site: string;
}

/** The heads of one attention layer, small enough to keep them all. */
export interface LayerHeads {
  readonly site: string;
  /** Patterns, each cell the largest of those that it stands for: at most 64 on a side. [head, query_pos, key_pos] */
  readonly patterns: Tensor;
  readonly facts: readonly HeadFacts[];
}

export interface RunResult {
  /** null where the input has no tokens at all. */
  readonly trace: Trace | null;
  /** What the trace's pass read. */
  readonly input: RunInput;
  /** Tokens of the input, and how many of them fit the context. */
  readonly length: { readonly typed: number; readonly shown: number };
  /** Duration of the forward pass in milliseconds. */
  readonly ms: number;
  /** Where the trace's numbers stop being finite, if what they end in is not. */
  readonly notFinite: NotFinite | null;
  readonly facts: ModelFacts;
}

export interface AppendRequest extends ModelChoice {
  readonly text: string;
  readonly sampling: Sampling;
}

export interface GradientRequest extends ModelChoice {
  /** What the pass reads; it is run again, since its trace has moved to the page. */
  readonly input: RunInput;
  readonly target: Target;
  /** Sites whose gradients are answered; attention patterns where they are left out. */
  readonly sites?: readonly SitePattern[];
}

/** Gradients of a target to sites, by the site's name and `_grad`. */
export type Gradients = Readonly<Record<string, Tensor>>;

export interface ReadOutRequest extends ModelChoice {
  /** [rows, d_model] */
  readonly states: Float32Array;
}

/** Bytes of a download so far; `total` is null where the server does not say. */
export interface Progress {
  readonly loaded: number;
  readonly total: number | null;
}

/** What came of a request: expected failures are values, and an aborted request says so. */
export type Outcome<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "aborted" };

export interface Listening {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Each step of a decoding. */
  readonly onPart?: (part: DecodePart) => void;
}

/** The engine as the page sees it: in a worker in the browser, in-process in tests. Loads models as they are needed. */
export interface Engine {
  run(request: RunRequest, listening?: Listening): Promise<Outcome<RunResult>>;
  /** The text that the next sampled token adds (more than one token where a character needs several). */
  append(request: AppendRequest, listening?: Listening): Promise<Outcome<{ readonly added: string }>>;
  /** Writes on from a text, or translates it; `onPart` gets each step as it is made. */
  decode(request: DecodeRequest, listening?: Listening): Promise<Outcome<DecodeResult>>;
  /** Gradients of a logit or of log-probabilities to every attention pattern. */
  gradients(request: GradientRequest, listening?: Listening): Promise<Outcome<Gradients>>;
  /** The stream between two blocks read as if it were the last. [rows, d_model] → [rows, d_vocab] */
  readOut(request: ReadOutRequest, listening?: Listening): Promise<Outcome<Float32Array | null>>;
  /** Loads a model folder of the reader's own; later requests name it by its id. */
  open(request: OpenRequest, listening?: Listening): Promise<Outcome<ModelFacts>>;
  /** A stage that a long trace left out, computed again from what the pass kept. */
  derive(request: DeriveRequest, listening?: Listening): Promise<Outcome<Tensor>>;
  /** What the heads of one layer of a long trace look like and do. */
  layer(request: LayerRequest, listening?: Listening): Promise<Outcome<LayerHeads>>;
  /** Display text of every id of the model's vocabulary. */
  vocabulary(model: string, listening?: Listening): Promise<Outcome<readonly string[]>>;
  /** Columns, rows and vectors of named weights, in the order asked for; null where the model has no such weight. */
  weights(
    model: string | ModelChoice,
    parts: readonly WeightRequest[],
    listening?: Listening,
  ): Promise<Outcome<readonly (Float32Array | null)[]>>;
}
