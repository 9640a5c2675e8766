import { runCommand } from "./command";
import { TRACE_USAGE, traceCommand } from "./traceCommand";

await runCommand(traceCommand, TRACE_USAGE);
