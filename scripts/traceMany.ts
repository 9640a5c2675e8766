import { readFileSync } from "node:fs";
import { traceCommand } from "../src/cli/traceCommand";

/**
 * tsx scripts/traceMany.ts JOBS.json: many runs of `npm run trace` in one process. JOBS is a list of their arguments;
 * what fails is told on one line of JSON, {job, error}. For training/fixtures/check_transformers.py.
 */
const jobs: readonly (readonly string[])[] = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
for (const [job, args] of jobs.entries()) {
  try {
    await traceCommand(args);
  } catch (error) {
    const problem = (error as { problem?: unknown }).problem;
    process.stdout.write(
      `${JSON.stringify({ job, error: String(error), ...(problem === undefined ? {} : { problem }) })}\n`,
    );
  }
}
