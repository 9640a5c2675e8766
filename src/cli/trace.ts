import { run } from "../engine/forward";
import type { Token, Trace } from "../engine/trace";
import { tokensOfIds } from "../model/tokens";
import { writeTrace } from "../model/traceFile";
import { runCommand } from "./command";
import { readFlags, required, UsageError } from "./flags";
import { INPUT_FLAGS, type OpenModel, openModel, readInput } from "./model";
import { writeOut } from "./nodeFolder";

/**
 * npm run trace -- --model DIR (--text "…" | --ids=5,96,0) --out FILE.safetensors: one forward pass, every site.
 * Also --decoder-text, --decoder-ids, --token-type-ids, --attention-mask, --sites=PATTERN,… and --f16.
 */
async function trace(args: readonly string[]): Promise<void> {
  const flags = readFlags(args, { values: ["model", "out", "sites", ...INPUT_FLAGS], switches: ["f16"] });
  const out = required(flags, "out");
  const model = await openModel(flags);
  const input = readInput(model, flags);
  const { sites } = run(model.prepared, input, { capture: "all" });
  const { id: modelId, spec, tokenizer } = model.loaded;
  const result: Trace = {
    modelId,
    spec,
    tokens: inputTokens(model, input.ids, flags.value("text")),
    decoderTokens: input.decoderIds === undefined ? null : tokensOfIds(input.decoderIds, tokenizer),
    sites,
  };
  const patterns = flags.value("sites")?.split(",") ?? ["*"];
  if (patterns.some((pattern) => pattern.trim() === "")) throw new UsageError("--sites has an empty name");
  const bytes = writeTrace(result, { dtype: flags.given("f16") ? "F16" : "F32", sites: patterns });
  writeOut(out, bytes);
}

/** Tokens aligned with the typed text, or with the text that the ids spell. */
function inputTokens({ loaded }: OpenModel, ids: readonly number[], text: string | null): readonly Token[] {
  return text === null || loaded.tokenizer === null
    ? tokensOfIds(ids, loaded.tokenizer)
    : loaded.tokenizer.encode(text).tokens;
}

await runCommand(trace);
