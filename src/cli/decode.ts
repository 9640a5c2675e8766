import { runCommand } from "./command";
import { decodeCommand } from "./decodeCommand";

await runCommand(decodeCommand);
