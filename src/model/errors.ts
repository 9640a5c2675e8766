import { type Problem, type ProblemCode, type Problems, problem } from "./problems";

/** The one error that this folder throws for expected failures: `problem` says what, where and what was expected. */
export class ModelError extends Error {
  readonly problem: Problem;

  constructor(data: Problem) {
    super(data.message);
    this.name = "ModelError";
    this.problem = data;
  }
}

/** A ModelError of the given code. */
export function failure<C extends ProblemCode>(code: C, params: Problems[C]): ModelError {
  return new ModelError(problem(code, params));
}
