import { ModelError } from "../../../src/model/errors";
import type { Problem } from "../../../src/model/problems";

/** The problem that a piece of work fails with. Fails itself when there is none, or when it is no ModelError. */
export function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof ModelError) return error.problem;
    throw error;
  }
  throw new Error("nothing failed");
}

/** problemOf for work that is awaited. */
export async function problemOfAsync(work: () => Promise<unknown>): Promise<Problem> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ModelError) return error.problem;
    throw error;
  }
  throw new Error("nothing failed");
}
