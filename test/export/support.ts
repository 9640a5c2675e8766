import { readFileSync } from "node:fs";
import type { Tensor } from "../../src/engine/tensor";
import type { Trace } from "../../src/engine/trace";
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
