import { runCommand } from "./command";
import { DECODE_USAGE, decodeCommand } from "./decodeCommand";

await runCommand(decodeCommand, DECODE_USAGE);
