/** What the AssemblyScript modules export: addresses and strides in bytes, 0 for "none". See kernels/assembly. */
export interface Exports {
  matmul(
    c: number,
    cStride: number,
    a: number,
    aStride: number,
    rows: number,
    w: number,
    inDim: number,
    outDim: number,
    bias: number,
    accumulate: boolean,
    group: number,
    groupStride: number,
    kind: 0 | 1 | 2,
    causalFrom: number,
  ): void;
  packInOut(to: number, source: number, inDim: number, outDim: number): void;
  packOutIn(to: number, source: number, inDim: number, outDim: number): void;
  softmax(
    pattern: number,
    scores: number,
    rows: number,
    columns: number,
    rowMax: number,
    exp: number,
    rowSum: number,
  ): void;
  norm(
    out: number,
    x: number,
    rows: number,
    width: number,
    eps: number,
    centred: boolean,
    w: number,
    b: number,
    mean: number,
    scale: number,
    normalized: number,
  ): void;
  activate(out: number, x: number, count: number, kind: number): void;
  add(out: number, a: number, b: number, count: number): void;
  hide(scores: number, heads: number, hidden: number, count: number, value: number): void;
  multiply(out: number, a: number, b: number, count: number): void;
  scale(out: number, x: number, count: number, factor: number): void;
}
