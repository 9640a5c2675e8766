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

export class EditError extends EngineError {
  constructor(details: { site: string; reason: string }) {
    super(`an edit of ${details.site} cannot be applied: ${details.reason}`, details);
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
