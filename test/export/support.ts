import { readFileSync } from "node:fs";
import { nodeFolder } from "../../src/cli/nodeFolder";
import { run } from "../../src/engine/forward";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { prepare } from "../../src/engine/prepare";
import type { Tensor } from "../../src/engine/tensor";
import type { Trace } from "../../src/engine/trace";
import { loadFolder } from "../../src/model/load";
import { patchTokens, tokensOfIds } from "../../src/model/tokens";
import { readTrace } from "../../src/model/traceFile";
import { FIRST_SELECTION } from "../../src/store/selection";

const FILE = "public/models/causal/example.trace";

/** The stored trace of the first example, with one head's stages. */
export const TRACE: Trace = readTrace(new Uint8Array(readFileSync(FILE)), "example.trace");

/** The place of one head of the trace. */
export const WHERE = { ...FIRST_SELECTION, layer: 0, head: 1 };

/** A trace with a site of numbers that are hard to write: infinities, tiny and negative ones, and tokens that need quoting. */
export function hardTrace(): Trace {
  const data = Float32Array.of(
    Number.NEGATIVE_INFINITY,
    -0.1,
    1 / 3,
    1e-20,
    16_777_215,
    Number.NaN,
    0,
    Number.NEGATIVE_INFINITY,
  );
  const scores: Tensor = { data, shape: [2, 2, 2], axes: ["head", "query_pos", "key_pos"] };
  const z: Tensor = { data, shape: [2, 2, 2], axes: ["head", "query_pos", "d_head"] };
  const tokens = ['a "quoted", one', "=2+3"].map((text, id) => ({
    id,
    text,
    start: 0,
    end: 0,
    word: id,
    special: false,
  }));
  const sites = { "blocks.0.attn.hook_attn_scores": scores, "blocks.0.attn.hook_z": z };
  return { ...TRACE, tokens, sites };
}

/** The words of a figure. */
export const WORDS = {
  caption: "Layer 0, head 1 & <script>",
  axes: { query: "query", key: "key", position: "token", dimension: "dimension" },
};

/** A run of a shipped model with all its sites: on a text, or, where it reads images, on a picture of a bar. */
export async function shippedTrace(id: string, text: string | null): Promise<Trace> {
  const { spec, weights, tokenizer } = await loadFolder(id, nodeFolder(`public/models/${id}`), {});
  const model = prepare(spec, weights, createPlainKernels());
  const embed = spec.stacks[0]?.embed;
  if (embed?.kind === "patches") {
    const image = Float32Array.from({ length: embed.channels * embed.height * embed.width }, (_, at) =>
      at % embed.width === embed.width >> 1 ? 1 : 0,
    );
    const { sites } = run(model, { ids: [], image }, { capture: "all" });
    return { modelId: id, spec, tokens: patchTokens(embed), decoderTokens: null, sites };
  }
  if (tokenizer === null || text === null) throw new Error(`${id} reads text`);
  const { ids, tokens, typeIds } = tokenizer.encode(text);
  const start = spec.ids.decoderStart;
  const decoderIds = spec.stacks.length === 1 || start === null ? undefined : [start, ...ids.slice(0, 2)];
  const input = {
    ids,
    ...(embed !== undefined && embed.types > 0 && typeIds != null && { tokenTypeIds: typeIds }),
    ...(decoderIds !== undefined && { decoderIds }),
  };
  const { sites } = run(model, input, { capture: "all" });
  const decoderTokens = decoderIds === undefined ? null : tokensOfIds(decoderIds, tokenizer);
  return { modelId: id, spec, tokens, decoderTokens, sites };
}
