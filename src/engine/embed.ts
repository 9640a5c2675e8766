import { IdOutOfRangeError } from "./errors";
import type { Buf } from "./kernels/kernels";
import { linear } from "./mlp";
import { norm } from "./norm";
import type { Pass } from "./pass";
import { inputPositions, placeOf } from "./positions";
import { type Table, tableNamed, vectorOf } from "./prepare";
import { stackPrefix } from "./sites";
import type { EmbedSpec, StackSpec } from "./spec";

type TokenSpec = Extract<EmbedSpec, { kind: "tokens" }>;
type PatchSpec = Extract<EmbedSpec, { kind: "patches" }>;

/** What a stack reads. Positions from…to−1 are embedded. */
export interface StackInput {
  /** Token ids; for an image one 0 per position. */
  readonly ids: readonly number[];
  /** Token types (segments); null means all 0. */
  readonly typeIds: readonly number[] | null;
  /** Pixels [channels, height, width]; empty for tokens. */
  readonly image: Float32Array;
  readonly from: number;
  readonly to: number;
}

/** What enters the first block (equations 1–8 of docs/maths.md): embedding + position (+ type), LayerNorm and projection where the spec has them. [pos, d_model] */
export function embed(pass: Pass, stack: StackSpec, input: StackInput): Buf {
  const spec = stack.embed;
  const prefix = stackPrefix(stack.name);
  const width = spec.kind === "tokens" ? spec.width : stack.dModel;
  const rows = input.to - input.from;
  let x =
    spec.kind === "tokens"
      ? embedTokens(pass, prefix, spec, input)
      : embedPatches(pass, prefix, spec, input, width);
  pass.put(`${prefix}hook_embed`, x, [rows, width]);
  if (spec.positions.kind !== "none" && placeOf(spec.positions) === "input") {
    const vector = inputPositions(pass.model, prefix, spec.positions, input.ids, width);
    x = plus(pass, x, `${prefix}hook_pos_embed`, width, (row) => vector(input.from + row));
  }
  if (spec.kind === "tokens" && spec.types > 0) {
    const table = tableNamed(pass.model, `${prefix}type_embed.W_type`);
    const typeOf = (row: number) =>
      lookUp(table, input.typeIds?.[input.from + row] ?? 0, input.from + row, "the token types");
    x = plus(pass, x, `${prefix}hook_token_type_embed`, width, typeOf);
  }
  if (spec.norm !== null) {
    pass.put(`${prefix}step_embed_sum`, x, [rows, width]);
    x = norm(pass, `${prefix}embed.ln`, `${prefix}embed.ln`, spec.norm, x, width);
  }
  if (spec.kind === "tokens" && spec.projection) {
    x = linear(pass, `${prefix}embed.W_proj`, `${prefix}embed.b_proj`, x);
  }
  return pass.put(`${prefix}hook_full_embed`, x, [rows, stack.dModel]);
}

/** scale·W_E[id] (equation 1). [pos, d_embed] */
function embedTokens({ kernels, model }: Pass, prefix: string, spec: TokenSpec, input: StackInput): Buf {
  const table = tableNamed(model, `${prefix}embed.W_E`);
  const out = kernels.alloc((input.to - input.from) * spec.width);
  for (let position = input.from; position < input.to; position++) {
    const row = lookUp(table, input.ids[position], position, "the vocabulary");
    out.data.set(row, (position - input.from) * spec.width);
  }
  if (spec.scale !== 1) kernels.scale(out, out, spec.scale);
  return out;
}

/** Row `id` of a table. Throws IdOutOfRangeError. */
function lookUp(table: Table, id: number, position: number, name: string): Float32Array {
  if (!Number.isInteger(id) || id < 0 || id >= table.rows) {
    throw new IdOutOfRangeError({ id, position, size: table.rows, table: name });
  }
  return table.row(id);
}

/** The class vector, then each patch's pixels [channel, y, x] times W_patch. [pos, d_model] (Dosovitskiy et al. 2021; equations 5, 6) */
function embedPatches(pass: Pass, prefix: string, spec: PatchSpec, input: StackInput, width: number): Buf {
  const { kernels, model } = pass;
  const projected = linear(
    pass,
    `${prefix}embed.W_patch`,
    `${prefix}embed.b_patch`,
    patchesOf(pass, spec, input),
  );
  const out = kernels.alloc(width + projected.length);
  out.data.set(vectorOf(model, `${prefix}embed.cls`)?.data ?? new Float32Array(width));
  out.data.set(projected.data, width);
  return out;
}

/** Pixels [channels, height, width] → one row per patch, left to right and top to bottom. [patch, channels·patch·patch] */
function patchesOf({ kernels }: Pass, spec: PatchSpec, { image }: StackInput): Buf {
  const { channels, height, width, patch } = spec;
  const out = kernels.alloc(channels * height * width);
  const { data } = out;
  let to = 0;
  for (let top = 0; top < height; top += patch) {
    for (let left = 0; left < width; left += patch) {
      for (let c = 0; c < channels; c++) {
        for (let y = top; y < top + patch; y++) {
          const start = (c * height + y) * width + left;
          data.set(image.subarray(start, start + patch), to);
          to += patch;
        }
      }
    }
  }
  return out;
}

/** x + vectors, one vector per row, recorded as a site. [pos, width] */
function plus(pass: Pass, x: Buf, site: string, width: number, vector: (row: number) => Float32Array): Buf {
  const rows = x.length / width;
  const term = pass.kernels.alloc(x.length);
  for (let row = 0; row < rows; row++) term.data.set(vector(row), row * width);
  const sum = pass.kernels.alloc(x.length);
  pass.kernels.add(sum, x, pass.put(site, term, [rows, width]));
  return sum;
}
