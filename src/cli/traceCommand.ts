import { firstNotFinite } from "../engine/finite";
import { run } from "../engine/forward";
import { matcher, type Trace } from "../engine/trace";
import { tokensOfIds } from "../model/tokens";
import { writeTrace } from "../model/traceFile";
import { readFlags, required, UsageError } from "./flags";
import { INPUT_FLAGS, INPUT_USAGE, notFiniteNote, openModel, readInput } from "./model";
import { writeOut } from "./nodeFolder";

/** What `npm run trace -- --help` says. */
export const TRACE_USAGE = `npm run trace -- --model DIR --text "…" --out FILE.safetensors
One forward pass: every intermediate number, by its site's name.

  --model DIR            a model folder in Hugging Face's layout
  --out FILE             where the trace is written
  --sites=PATTERN,…      only these sites; * stands for anything
  --f16                  16-bit floats
${INPUT_USAGE}`;

/** npm run trace: one forward pass, every site, as TRACE_USAGE says. */
export async function traceCommand(args: readonly string[]): Promise<void> {
  const flags = readFlags(args, { values: ["model", "out", "sites", ...INPUT_FLAGS], switches: ["f16"] });
  const out = required(flags, "out");
  const model = await openModel(flags);
  const { input, tokens } = readInput(model, flags);
  const { sites } = run(model.prepared, input, { capture: "all" });
  const lost = firstNotFinite(sites);
  if (lost !== null) process.stderr.write(`note: ${notFiniteNote(lost)}\n`);
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
  const unmatched = patterns.find((pattern) => !Object.keys(sites).some(matcher([pattern])));
  if (unmatched !== undefined) throw new UsageError(`--sites: no site of this pass is called ${unmatched}`);
  const bytes = writeTrace(result, { dtype: flags.given("f16") ? "F16" : "F32", sites: patterns });
  writeOut(out, bytes);
}
