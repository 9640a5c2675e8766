/**
 * An expected failure as data: it crosses the worker boundary and is shown translated (`errors.{code}`).
 * `detail` is the English message of the named error: where, expected, got.
 */
export interface Failure {
  readonly code: FailureCode;
  readonly detail: string;
}

export const FAILURE_CODES = ["network", "file", "model", "tokenizer", "run", "worker"] as const;

export type FailureCode = (typeof FAILURE_CODES)[number];
