import { afterEach, describe, expect, it, vi } from "vitest";
import { runCommand } from "../../src/cli/command";
import { DECODE_USAGE } from "../../src/cli/decodeCommand";
import { TRACE_USAGE } from "../../src/cli/traceCommand";

afterEach(() => vi.restoreAllMocks());

describe("asked for help", () => {
  it.each(["--help", "-h"])("with %s a command says its usage and does nothing", async (flag) => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    vi.spyOn(process, "argv", "get").mockReturnValue(["node", "trace", "--model", "x", flag]);
    const work = vi.fn();
    await runCommand(work, "the usage");
    expect(work).not.toHaveBeenCalled();
    expect(write.mock.calls).toEqual([["the usage\n"]]);
  });

  it.each([
    ["trace", TRACE_USAGE, ["model", "out", "sites", "f16", "text", "pair", "ids", "image"]],
    [
      "decode",
      DECODE_USAGE,
      ["model", "greedy", "beam", "best", "temperature", "top-k", "top-p", "seed", "json"],
    ],
  ])("%s names its flags", (_, usage, flags) => {
    for (const flag of flags) expect(usage).toMatch(new RegExp(`--${flag}\\b`));
  });
});
