/**
 * npm run example: writes public/models/<id>/example.trace, what the page paints before its worker has loaded the model:
 * every pattern of the first example, and the stages of the one head that is shown first. F16; the heads that are left
 * out are NaN, so that the file packs to almost nothing there.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { nodeFolder } from "../src/cli/nodeFolder";
import { run } from "../src/engine/forward";
import { createPlainKernels } from "../src/engine/kernels/plain";
import { prepare } from "../src/engine/prepare";
import { sizeOf, type Tensor } from "../src/engine/tensor";
import type { Trace } from "../src/engine/trace";
import { loadFolder } from "../src/model/load";
import { writeTrace } from "../src/model/traceFile";
import { lookAt } from "../src/store/follow";
import { FIRST_MODEL } from "../src/store/models";
import { FIRST_SELECTION } from "../src/store/selection";
import { FIRST_EXAMPLE, pairOf } from "../src/views/prompt/examples";

/** The most that the file may weigh on the wire. */
const BUDGET = 40_000;

const STAGES = ["hook_q", "hook_k", "hook_v", "step_*", "hook_attn_scores", "hook_z"];

const folder = fileURLToPath(new URL(`../public/models/${FIRST_MODEL}/`, import.meta.url));
const loaded = await loadFolder(FIRST_MODEL, nodeFolder(folder), {});
if (loaded.tokenizer === null) throw new Error(`${FIRST_MODEL} has no tokenizer.json`);
const { ids, tokens } = loaded.tokenizer.encode(FIRST_EXAMPLE.text);
const model = prepare(loaded.spec, loaded.weights, createPlainKernels());
const { sites } = run(model, { ids }, { capture: "all" });
const whole: Trace = { modelId: loaded.id, spec: loaded.spec, tokens, decoderTokens: null, sites };

const { layer, head } = lookAt(FIRST_SELECTION, pairOf(FIRST_EXAMPLE), whole);
const block = `blocks.${layer}.attn.`;
const kept = Object.fromEntries(
  Object.entries(sites).map(([name, tensor]) =>
    tensor !== undefined && name.startsWith(block) && !name.endsWith("hook_pattern")
      ? [name, onlyHead(tensor, head)]
      : [name, tensor],
  ),
);
const patterns = ["*.hook_pattern", ...STAGES.map((stage) => block + stage)];
const bytes = writeTrace({ ...whole, sites: kept }, { dtype: "F16", sites: patterns });
const packed = gzipSync(bytes).length;
if (packed > BUDGET) throw new Error(`the example weighs ${packed} bytes, more than ${BUDGET}`);
writeFileSync(`${folder}example.trace`, bytes);
console.log(`L${layer}H${head}: ${bytes.length} bytes, ${packed} on the wire`);

/** The tensor with every other head left out: NaN. */
function onlyHead(tensor: Tensor, head: number): Tensor {
  const size = sizeOf(tensor.shape.slice(1));
  const data = new Float32Array(tensor.data.length).fill(Number.NaN);
  data.set(tensor.data.subarray(head * size, (head + 1) * size), head * size);
  return { ...tensor, data };
}
