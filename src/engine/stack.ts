import type { AttentionInput, Positions } from "./attention";
import { block } from "./block";
import { embed } from "./embed";
import type { StackSource } from "./input";
import type { Buf } from "./kernels/kernels";
import { norm } from "./norm";
import type { Pass } from "./pass";
import { inputPositions, placeOf } from "./positions";
import { stackPrefix } from "./sites";
import type { PositionPlace, StackSpec } from "./spec";

/** One stack of a run: what it reads, and the first of its positions that is computed (those before are reused). */
export interface StackRun {
  readonly source: StackSource;
  readonly from: number;
}

/** A stack and its output for the computed positions. [pos, d_model] */
export interface StackOutput extends StackRun {
  readonly value: Buf;
}

/** What enters the first block, for positions from `from` on. [pos, d_model] */
export function stackInput(pass: Pass, { source, from }: StackRun): Buf {
  return embed(pass, source.stack, { ...source, from, to: source.ids.length });
}

/** One block of a stack; `memory` is the encoder's output where the block has cross-attention. [pos, d_model] → same */
export function stackBlock(
  pass: Pass,
  run: StackRun,
  layer: number,
  x: Buf,
  memory: StackOutput | null,
): Buf {
  const { source, from } = run;
  const keys = source.ids.length;
  const rows: AttentionInput = {
    from,
    queries: keys - from,
    keys,
    padding: source.padding,
    keysFrom: from,
  };
  return block(pass, source.stack, layer, x, {
    rows,
    positions: positionRows(pass, run, "queriesAndKeys"),
    memory: memory && {
      value: memory.value,
      rows: {
        ...rows,
        keys: memory.source.ids.length,
        padding: memory.source.padding,
        keysFrom: memory.from,
      },
    },
  });
}

/** The position vectors of the computed rows where the stack adds them at that place, or null. */
function positionRows(pass: Pass, { source, from }: StackRun, place: PositionPlace): Positions | null {
  const { positions } = source.stack.embed;
  const width = source.stack.dModel;
  if (positions.kind === "none" || placeOf(positions) !== place) return null;
  const vector = inputPositions(pass.model, stackPrefix(source.stack.name), positions, source.ids, width);
  const value = pass.kernels.alloc((source.ids.length - from) * width);
  for (let at = from; at < source.ids.length; at++) value.data.set(vector(at), (at - from) * width);
  return { value, width };
}

/** What enters a block: the stream, and its positions where every block adds them. [pos, d_model] → same */
export function enterBlock(pass: Pass, run: StackRun, layer: number, x: Buf): Buf {
  const positions = positionRows(pass, run, "layers");
  if (positions === null) return x;
  const { value, width } = positions;
  pass.put(`${run.source.stack.name}.${layer}.step_pos_embed`, value, [value.length / width, width]);
  const sum = pass.kernels.alloc(x.length);
  pass.kernels.add(sum, x, value);
  return sum;
}

/** The stack's final LayerNorm, or its input where there is none. [pos, d_model] */
export function stackFinal(pass: Pass, stack: StackSpec, x: Buf): Buf {
  const name = `${stackPrefix(stack.name)}ln_final`;
  return stack.finalNorm === null ? x : norm(pass, name, name, stack.finalNorm, x, stack.dModel);
}

/** Embedding, blocks in order, final LayerNorm. The output lives until the run ends, scratch of each step does not. */
export function runStack(pass: Pass, run: StackRun, memory: StackOutput | null): StackOutput {
  const { kernels } = pass;
  const { stack, ids } = run.source;
  const x = kernels.alloc((ids.length - run.from) * stack.dModel);
  if (x.length === 0) return { ...run, value: x };
  const into = (compute: () => Buf): void => {
    const mark = kernels.mark();
    const value = compute();
    if (value !== x) x.data.set(value.data);
    kernels.release(mark);
  };
  into(() => stackInput(pass, run));
  for (let layer = 0; layer < stack.layers.length; layer++) {
    into(() => stackBlock(pass, run, layer, enterBlock(pass, run, layer, x), memory));
  }
  into(() => stackFinal(pass, stack, x));
  return { ...run, value: x };
}
