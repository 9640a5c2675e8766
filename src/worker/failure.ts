import {
  EditError,
  EngineError,
  InputTooLongError,
  NotAvailableError,
  UnknownSiteError,
  VariantError,
  type VariantReason,
} from "../engine/errors";
import { ModelError } from "../model/errors";
import { type Problem, problem } from "../model/problems";

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
  const known = engineProblem(error);
  if (known !== null) return known;
  const reason = error instanceof Error ? error.message : String(error);
  return { code: "crash", params: { reason }, message: reason };
}

/** What the engine refuses to run, with the numbers and names that its message needs; null for anything else. */
function engineProblem(error: unknown): Problem | null {
  const said = (name: string) => String(error instanceof EngineError ? (error.details[name] ?? "") : "");
  if (error instanceof VariantError) {
    return problem("cannotChange", { change: said("change"), reason: said("reason") as VariantReason });
  }
  if (error instanceof EditError) {
    return problem("cannotEdit", { site: said("site"), why: said("why"), what: said("what") });
  }
  if (error instanceof InputTooLongError) {
    return problem("tooLong", { count: Number(error.details.count), limit: Number(error.details.limit) });
  }
  if (error instanceof UnknownSiteError) return problem("noSite", { site: said("site") });
  return error instanceof NotAvailableError ? problem("noGradients", { variant: said("variant") }) : null;
}
