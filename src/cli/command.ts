/**
 * Runs a command: its result is on disk or on standard output; any failure is one line on standard error and exit
 * status 1. Asked for help it says its usage and does nothing else.
 */
export async function runCommand(
  work: (args: readonly string[]) => Promise<void>,
  usage: string,
): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  try {
    await work(args);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`error: ${message.replace(/\s*\n\s*/g, " ")}\n`);
    process.exitCode = 1;
  }
}
