/** What of a published model decides its size and its cost. */
export interface Shape {
  /** Layers of the encoder and of the decoder; 0 where there is none. */
  readonly encoder: number;
  readonly decoder: number;
  readonly dModel: number;
  readonly heads: number;
  readonly dHead: number;
  readonly dMlp: number;
  /** Number of token ids; 0 for a model that reads images alone. */
  readonly vocab: number;
  /** Width of the token table, where it is not dModel (ALBERT). */
  readonly embedWidth?: number;
  /** Positions that one pass reads. */
  readonly context: number;
  /** Positions that its input always has, whatever is typed (patches of an image). */
  readonly fixed?: number;
  /** Keys per query, where it is not all of them (Longformer, BigBird). */
  readonly window?: number;
  /** All layers of a stack use the same weights (ALBERT). */
  readonly shared?: boolean;
}

/** What a model costs, from its shape alone. */
export interface Cost {
  /** Positions that are read: no more than the model can. */
  readonly length: number;
  /** Weights, without biases, norms and positions. */
  readonly parameters: number;
  /** Floating-point operations of one pass; a multiplication and an addition are two. */
  readonly flops: number;
  /** Bytes of all attention patterns of one pass, in 32-bit floats. */
  readonly memory: number;
}

/** Bytes of a 32-bit float. */
const FLOAT = 4;

/**
 * Weights P = L(4·d·h·d_h + 2·d·d_mlp) + V·d, a decoder with cross-attention has 8·d·h·d_h; operations
 * 2·n·P_L + 4·L·n·k·h·d_h + 2·n·d·V, with k keys per query; patterns 4·L·h·n·k bytes. Shared layers are stored once and
 * computed L times. `typed`: positions of the input, the same on both sides of an encoder–decoder model.
 */
export function costOf(shape: Shape, typed: number): Cost {
  const { encoder, decoder, dModel, heads, dHead, dMlp, vocab } = shape;
  const length = Math.min(shape.fixed ?? typed, shape.context);
  const keys = Math.min(length, shape.window ?? length);
  const crosses = encoder > 0 ? decoder : 0;
  const attention = 4 * dModel * heads * dHead;
  const layer = attention + 2 * dModel * dMlp;
  const stored = (layers: number) => (shape.shared === true ? Math.min(layers, 1) : layers);
  const embedWidth = shape.embedWidth ?? dModel;
  const table = vocab * embedWidth + (embedWidth === dModel ? 0 : embedWidth * dModel);
  const blocks = stored(encoder + decoder) * layer + stored(crosses) * attention;
  const computed = (encoder + decoder) * layer + crosses * attention;
  const cells = (encoder + decoder) * length * keys + crosses * length * length;
  return {
    length,
    parameters: blocks + table,
    flops: 2 * length * computed + 4 * cells * heads * dHead + 2 * length * table,
    memory: FLOAT * heads * cells,
  };
}
