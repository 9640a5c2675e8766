import { runCommand } from "./command";
import { traceCommand } from "./traceCommand";

await runCommand(traceCommand);
