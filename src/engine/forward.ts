import type { AttentionInput } from "./attention";
import { block } from "./block";
import { type Edit, siteEdits } from "./edits";
import { embed } from "./embed";
import { type StackSource, stackSources } from "./input";
import type { Buf } from "./kernels/kernels";
import { norm } from "./norm";
import { heads, type LogitRows } from "./output";
import { capturedBy, createPass, type Pass } from "./pass";
import type { PreparedModel } from "./prepare";
import { stackPrefix } from "./sites";
import type { Capture, RunInput, Sites } from "./trace";

export interface RunOptions {
  /** Sites to keep. Logits are kept whenever they are computed. */
  readonly capture: Capture;
  readonly edits?: readonly Edit[];
  /** Positions whose logits over the vocabulary are computed; default "all". "none" computes no head at all. */
  readonly logits?: LogitRows;
}

export interface RunResult {
  /** Every captured site, copied out of the backend: exact-size arrays that can be transferred. */
  readonly sites: Sites;
}

/**
 * One forward pass. Throws an EngineError for input that the model cannot read (see input.ts), ids outside the
 * vocabulary, and edits that do not fit.
 */
export function run(model: PreparedModel, input: RunInput, options: RunOptions): RunResult {
  const { kernels, spec } = model;
  const sources = stackSources(spec, input);
  const captured = capturedBy(options.capture);
  const pass = createPass(
    model,
    (name) => captured(name) || name === "logits" || name === "nsp_logits",
    siteEdits(options.edits ?? []),
  );
  const mark = kernels.mark();
  try {
    let memory: { readonly value: Buf; readonly source: StackSource } | null = null;
    for (const source of sources) {
      const value: Buf = runStack(pass, source, memory);
      memory = { value, source };
    }
    if (memory !== null) {
      const { value, source } = memory;
      const real = source.padding?.lastIndexOf(1) ?? -1;
      const lastRow = real >= 0 ? real : source.ids.length - 1;
      heads(pass, spec, { value, firstRow: 0, lastRow, logits: options.logits ?? "all" });
    }
    return { sites: Object.fromEntries(pass.sites) };
  } finally {
    kernels.release(mark);
  }
}

/** Embedding, blocks in order, final LayerNorm. Returns [pos, d_model], which lives until the run ends. */
function runStack(
  pass: Pass,
  source: StackSource,
  memory: { readonly value: Buf; readonly source: StackSource } | null,
): Buf {
  const { kernels } = pass;
  const { stack, ids, padding } = source;
  const queries = ids.length;
  const x = kernels.alloc(queries * stack.dModel);
  const rows: AttentionInput = { from: 0, queries, keys: queries, padding, keysFrom: 0 };
  const crossRows = memory && {
    value: memory.value,
    rows: { ...rows, keys: memory.source.ids.length, padding: memory.source.padding },
  };
  const into = (compute: () => Buf): void => {
    const mark = kernels.mark();
    const value = compute();
    x.data.set(value.data);
    kernels.release(mark);
  };
  into(() => embed(pass, stack, { ...source, from: 0, to: queries }));
  for (let layer = 0; layer < stack.layers.length; layer++) {
    into(() => block(pass, stack, layer, x, { rows, memory: crossRows }));
  }
  const { finalNorm } = stack;
  if (finalNorm !== null) {
    const name = `${stackPrefix(stack.name)}ln_final`;
    into(() => norm(pass, name, name, finalNorm, x, stack.dModel));
  }
  return x;
}
