import { run } from "../engine/forward";
import type { Trace } from "../engine/trace";
import { tokensOfIds } from "../model/tokens";
import { writeTrace } from "../model/traceFile";
import { readFlags, required, UsageError } from "./flags";
import { INPUT_FLAGS, openModel, readInput } from "./model";
import { writeOut } from "./nodeFolder";

/**
 * npm run trace -- --model DIR (--text "…" | --ids=5,96,0) --out FILE.safetensors: one forward pass, every site.
 * Also --pair, --decoder-text, --decoder-ids, --token-type-ids, --attention-mask, --image FILE, --sites=PATTERN,…, --f16.
 */
export async function traceCommand(args: readonly string[]): Promise<void> {
  const flags = readFlags(args, { values: ["model", "out", "sites", ...INPUT_FLAGS], switches: ["f16"] });
  const out = required(flags, "out");
  const model = await openModel(flags);
  const { input, tokens } = readInput(model, flags);
  const { sites } = run(model.prepared, input, { capture: "all" });
  const { id: modelId, spec, tokenizer } = model.loaded;
  const result: Trace = {
    modelId,
    spec,
    tokens,
    decoderTokens: input.decoderIds === undefined ? null : tokensOfIds(input.decoderIds, tokenizer),
    sites,
  };
  const patterns = flags.value("sites")?.split(",") ?? ["*"];
  if (patterns.some((pattern) => pattern.trim() === "")) throw new UsageError("--sites has an empty name");
  const bytes = writeTrace(result, { dtype: flags.given("f16") ? "F16" : "F32", sites: patterns });
  writeOut(out, bytes);
}
