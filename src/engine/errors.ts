/** What went wrong in numbers and names, so that a page can say it in any language. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** An expected failure of the engine: its class name says which, `details` hold what a message needs. */
export class EngineError extends Error {
  readonly details: ErrorDetails;

  constructor(message: string, details: ErrorDetails) {
    super(message);
    this.name = new.target.name;
    this.details = details;
  }
}

export class EmptyInputError extends EngineError {
  constructor(details: { stack: string }) {
    super(`the input of ${details.stack} is empty: give at least one token`, details);
  }
}

export class InputTooLongError extends EngineError {
  constructor(details: { count: number; limit: number; stack: string }) {
    super(
      `the input of ${details.stack} has ${details.count} tokens, the model reads at most ${details.limit}: shorten the text`,
      details,
    );
  }
}

export class IdOutOfRangeError extends EngineError {
  constructor(details: { id: number; position: number; size: number; table: string }) {
    super(
      `id ${details.id} at position ${details.position} is outside ${details.table}, which has ids 0…${details.size - 1}`,
      details,
    );
  }
}

export class InputShapeError extends EngineError {
  constructor(details: { input: string; expected: number; got: number }) {
    super(`${details.input} has ${details.got} entries, expected ${details.expected}`, details);
  }
}

export class MissingInputError extends EngineError {
  constructor(details: { input: string; stack: string }) {
    super(`the ${details.stack} of this model needs ${details.input}, and the run has none`, details);
  }
}

export class MissingWeightError extends EngineError {
  constructor(details: { name: string; shape: string }) {
    super(`the weights have no ${details.name} of shape [${details.shape}]`, details);
  }
}

export class WeightShapeError extends EngineError {
  constructor(details: { name: string; expected: string; got: string }) {
    super(`${details.name} has shape [${details.got}], expected [${details.expected}]`, details);
  }
}

export class NonFiniteWeightError extends EngineError {
  constructor(details: { name: string; index: number; value: string }) {
    super(`${details.name} holds ${details.value} at entry ${details.index}: the file is damaged`, details);
  }
}

export class UnknownSiteError extends EngineError {
  constructor(details: { site: string; model: string }) {
    super(`${details.model} has no site ${details.site}: choose one of the sites of its trace`, details);
  }
}

/** Why an edit does not fit, from what it says. */
const EDIT_REASONS = {
  notFinite: (what: string) => `${what} is not a finite number`,
  noAxis: (what: string) => `it has no axis for “${what}”`,
  outside: (what: string, range = "") => `${what} is outside ${range}`,
  count: (what: string) => `it has ${what}`,
} as const;

export class EditError extends EngineError {
  constructor(details: { site: string; why: keyof typeof EDIT_REASONS; what: string; range?: string }) {
    const reason = EDIT_REASONS[details.why](details.what, details.range);
    super(`an edit of ${details.site} cannot be applied: ${reason}`, details);
  }
}

export class MissingSiteError extends EngineError {
  constructor(details: { site: string; needs: string }) {
    super(`${details.site} cannot be derived: the trace does not hold ${details.needs}`, details);
  }
}

export class TargetError extends EngineError {
  constructor(details: { site: string; position: number; id: number }) {
    super(`${details.site} has no entry ${details.id} at position ${details.position}`, details);
  }
}

/** Why a change cannot be made, in words: a page says it by its key. */
export const VARIANT_REASONS = {
  noLayer: "the model has no such layer",
  noHead: "the attention has no such head",
  notFinite: "a finite number is needed",
  notPositive: "a number above 0 is needed",
  badSize: "a size must be a whole number above 0, and no more than this model can have",
  sharedKeys: "several heads share their keys and values",
  ownScores: "the score rule has weights of its own for these heads",
  oddWidth: "the width of a head is odd",
  narrowEmbedding: "the embedding is narrower than the stream",
  parallel: "attention and MLP read the same input in this block",
  crossAttention: "the block also attends to an encoder",
} as const;

export type VariantReason = keyof typeof VARIANT_REASONS;

export class VariantError extends EngineError {
  constructor(details: { change: string; reason: VariantReason }) {
    super(`the change of “${details.change}” cannot be made: ${VARIANT_REASONS[details.reason]}`, details);
  }
}

/** Gradients and explanations are there for the mechanisms that models are trained with, not for every variant. */
export class NotAvailableError extends EngineError {
  constructor(details: { what: string; variant: string }) {
    super(`${details.what} are not available with ${details.variant}`, details);
  }
}
