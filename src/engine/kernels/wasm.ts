import type { Activation } from "../spec";
import type { Exports } from "./exports";
import type { Buf, DotShape, Kernels, Matrix } from "./kernels";
import { Arena, WasmBuf } from "./memory";
import { type WasmBytes, webAssembly } from "./webAssembly";

/** Numbers of the activations in assembly/activate.ts. */
const ACTIVATIONS: Readonly<Record<Activation, number>> = {
  gelu: 0,
  gelu_tanh: 1,
  quick_gelu: 2,
  relu: 3,
  silu: 4,
  tanh: 5,
};

const PANEL = 8;
const MB = 2 ** 20;
/** Weights of more entries than this (4 MB) are packed from where they are, not from a copy among the intermediates. */
const SCRATCH = MB;

class WasmMatrix implements Matrix {
  readonly inDim: number;
  readonly outDim: number;
  readonly panels: WasmBuf;

  constructor(inDim: number, outDim: number, panels: WasmBuf) {
    this.inDim = inDim;
    this.outDim = outDim;
    this.panels = panels;
  }
}

type Layout = "in_out" | "out_in";

/** The two builds, best first, as the bytes of their modules. */
export interface KernelBytes {
  readonly relaxed: WasmBytes;
  readonly simd: WasmBytes;
}

/** The fastest build that this machine runs, or null when it has no WebAssembly SIMD. */
export function bestBuild(bytes: KernelBytes): "relaxed" | "simd" | null {
  const api = webAssembly();
  if (api === null) return null;
  return api.validate(bytes.relaxed) ? "relaxed" : api.validate(bytes.simd) ? "simd" : null;
}

/**
 * The kernels in WebAssembly. All buffers live in one linear memory of this backend: weights in one arena, the intermediates
 * of a run in another, so that every stage of a trace already has a place of its own.
 * Throws when the machine does not know the instructions (ask `bestBuild` first).
 */
export function createWasmKernels(name: "relaxed" | "simd", bytes: WasmBytes): Kernels {
  const api = webAssembly();
  if (api === null) throw new Error("this machine has no WebAssembly; use the plain kernels");
  const memory = new api.Memory({ initial: 1 });
  const imports = { env: { memory, abort: stop } };
  const wasm = new api.Instance(new api.Module(bytes), imports).exports as Exports;
  const kept = new Arena(memory, MB);
  const run = new Arena(memory, 4 * MB);

  const panelsOf = (inDim: number, outDim: number, arena: Arena) =>
    arena.alloc(inDim * PANEL * Math.ceil(outDim / PANEL));
  const fill = (panels: WasmBuf, source: number, inDim: number, outDim: number, layout: Layout) =>
    (layout === "in_out" ? wasm.packInOut : wasm.packOutIn)(panels.address, source, inDim, outDim);

  /** One product per head, with the keys' (or values') panels packed once per group of heads that share them. */
  const perHead = (
    d: DotShape,
    source: Buf,
    layout: Layout,
    inDim: number,
    outDim: number,
    each: (head: number, panels: number) => void,
  ) => {
    const mark = run.mark();
    const share = d.heads / d.kvHeads;
    const panels = panelsOf(inDim, outDim, run);
    for (let h = 0; h < d.heads; h++) {
      if (h % share === 0) {
        fill(panels, address(source) + (h / share) * d.keys * d.dHead * 4, inDim, outDim, layout);
      }
      each(h, panels.address);
    }
    run.release(mark);
  };

  return {
    name,
    alloc: (length) => run.alloc(length),
    keep: (values) => {
      const buf = kept.alloc(values.length);
      buf.data.set(values);
      return buf;
    },
    slice: (buf, start, length) => {
      if (start < 0 || start + length > buf.length) {
        throw new RangeError(`slice ${start}…${start + length} of a buffer of ${buf.length}`);
      }
      return new WasmBuf(memory, address(buf) + start * 4, length);
    },
    mark: () => run.mark(),
    release: (mark) => run.release(mark),
    pack: (values, inDim, outDim, layout) => {
      const panels = panelsOf(inDim, outDim, kept);
      if (values.length > SCRATCH) {
        fillPanels(panels.data, values, inDim, outDim, layout);
        return new WasmMatrix(inDim, outDim, panels);
      }
      const mark = run.mark();
      const source = run.alloc(values.length);
      source.data.set(values);
      fill(panels, source.address, inDim, outDim, layout);
      run.release(mark);
      return new WasmMatrix(inDim, outDim, panels);
    },
    free: (made) => {
      if (made instanceof WasmMatrix) kept.free(made.panels);
      else if (made instanceof WasmBuf) kept.free(made);
      else throw new TypeError("what is given back belongs to another backend");
    },
    column: (matrix, out) => {
      const { panels, inDim } = own(matrix);
      const start = Math.floor(out / PANEL) * inDim * PANEL + (out % PANEL);
      const data = panels.data;
      const column = new Float32Array(inDim);
      for (let i = 0; i < inDim; i++) column[i] = data[start + i * PANEL];
      return column;
    },
    linear: (out, x, rows, w, bias, accumulate = false) => {
      const { inDim, outDim, panels } = own(w);
      wasm.matmul(
        address(out),
        outDim * 4,
        address(x),
        inDim * 4,
        rows,
        panels.address,
        inDim,
        outDim,
        optional(bias),
        accumulate,
        outDim,
        0,
        0,
        0,
      );
    },
    project: (out, x, rows, w, bias, heads) => {
      const { inDim, outDim, panels } = own(w);
      const dHead = outDim / heads;
      wasm.matmul(
        address(out),
        dHead * 4,
        address(x),
        inDim * 4,
        rows,
        panels.address,
        inDim,
        outDim,
        optional(bias),
        false,
        dHead,
        rows * dHead * 4,
        0,
        0,
      );
    },
    dot: (out, q, k, d) => {
      const { queries, keys, dHead, causalFrom } = d;
      perHead(d, k, "out_in", dHead, keys, (h, panels) => {
        wasm.matmul(
          address(out) + h * queries * keys * 4,
          keys * 4,
          address(q) + h * queries * dHead * 4,
          dHead * 4,
          queries,
          panels,
          dHead,
          keys,
          0,
          false,
          keys,
          0,
          causalFrom === null ? 0 : 1,
          causalFrom ?? 0,
        );
      });
    },
    mix: (out, pattern, v, d) => {
      const { queries, keys, dHead, causalFrom } = d;
      perHead(d, v, "in_out", keys, dHead, (h, panels) => {
        wasm.matmul(
          address(out) + h * queries * dHead * 4,
          dHead * 4,
          address(pattern) + h * queries * keys * 4,
          keys * 4,
          queries,
          panels,
          keys,
          dHead,
          0,
          false,
          dHead,
          0,
          causalFrom === null ? 0 : 2,
          causalFrom ?? 0,
        );
      });
    },
    hide: (scores, hidden, value) =>
      wasm.hide(address(scores), scores.length / hidden.length, address(hidden), hidden.length, value),
    softmax: (pattern, scores, rows, columns, { rowMax, exp, rowSum }) =>
      wasm.softmax(
        address(pattern),
        address(scores),
        rows,
        columns,
        optional(rowMax),
        optional(exp),
        optional(rowSum),
      ),
    norm: (out, x, rows, width, spec, w, b, { mean, scale, normalized }) =>
      wasm.norm(
        address(out),
        address(x),
        rows,
        width,
        spec.eps,
        spec.kind === "layer",
        optional(w),
        optional(b),
        optional(mean),
        optional(scale),
        optional(normalized),
      ),
    activate: (out, x, kind) => wasm.activate(address(out), address(x), x.length, ACTIVATIONS[kind]),
    add: (out, a, b) => wasm.add(address(out), address(a), address(b), a.length),
    multiply: (out, a, b) => wasm.multiply(address(out), address(a), address(b), a.length),
    scale: (out, x, factor) => wasm.scale(address(out), address(x), x.length, factor),
  };
}

/** Lays a weight matrix out in panels, straight from where it is: a large one is never in the memory twice. */
function fillPanels(
  panels: Float32Array,
  values: Float32Array,
  inDim: number,
  outDim: number,
  layout: Layout,
): void {
  const [inStride, outStride] = layout === "in_out" ? [outDim, 1] : [1, inDim];
  for (let o = 0, to = 0; o < outDim; o += PANEL) {
    const columns = Math.min(PANEL, outDim - o);
    for (let i = 0; i < inDim; i++, to += PANEL) {
      const from = i * inStride + o * outStride;
      for (let c = 0; c < columns; c++) panels[to + c] = values[from + c * outStride];
      panels.fill(0, to + columns, to + PANEL);
    }
  }
}

/** AssemblyScript's abort: only reached by a fault in the kernels themselves. */
function stop(): never {
  throw new Error("the WebAssembly kernels stopped");
}

function address(buf: Buf): number {
  if (buf instanceof WasmBuf) return buf.address;
  throw new TypeError("the buffer belongs to another backend");
}

function optional(buf: Buf | null): number {
  return buf === null ? 0 : address(buf);
}

function own(matrix: Matrix): WasmMatrix {
  if (matrix instanceof WasmMatrix) return matrix;
  throw new TypeError("the matrix belongs to another backend");
}
