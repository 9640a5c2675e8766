import { ModelError } from "../model/errors";
import type { Problem } from "../model/problems";

/**
 * An expected failure as data: it crosses the worker boundary and is shown translated (`errors.{code}`, with `params`).
 * `crash` is what nobody foresaw; `message` is the English text of the error itself.
 */
export type Failure = Problem | Crash;

interface Crash {
  readonly code: "crash";
  readonly params: { readonly reason: string };
  readonly message: string;
}

/** What was thrown, as data. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ModelError) return error.problem;
  const reason = error instanceof Error ? error.message : String(error);
  return { code: "crash", params: { reason }, message: reason };
}
