/** Just enough of the ONNX file format (protocol buffers, onnx.proto3) to hand a peer the same computation. */

export type Attribute = number | readonly number[] | string | { readonly float: number };

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | BigInt64Array;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxTensor[];
  readonly inputs: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly integers?: boolean;
  }[];
  readonly outputs: readonly string[];
}

const FLOAT = 1;
const INT64 = 7;

/** The bytes of a model file (opset 20). */
export function onnxModel(graph: OnnxGraph): Uint8Array {
  const body = concat([
    ...graph.nodes.map((node) => field(1, nodeBytes(node))),
    field(2, text("bench")),
    ...graph.constants.map((tensor) => field(5, tensorBytes(tensor))),
    ...graph.inputs.map(({ name, shape, integers }) =>
      field(11, valueInfo(name, integers ? INT64 : FLOAT, shape)),
    ),
    ...graph.outputs.map((name) => field(12, valueInfo(name, FLOAT, null))),
  ]);
  return concat([number(1, 9), field(7, body), field(8, concat([field(1, text("")), number(2, 20)]))]);
}

function nodeBytes({ op, inputs, output, attributes = {} }: OnnxNode): Uint8Array {
  return concat([
    ...inputs.map((name) => field(1, text(name))),
    field(2, text(output)),
    field(4, text(op)),
    ...Object.entries(attributes).map(([name, value]) => field(5, attributeBytes(name, value))),
  ]);
}

function attributeBytes(name: string, value: Attribute): Uint8Array {
  const head = field(1, text(name));
  if (typeof value === "string") return concat([head, field(4, text(value)), number(20, 3)]);
  if (typeof value === "number") return concat([head, number(3, value), number(20, 2)]);
  if ("float" in value) {
    const bytes = new Uint8Array(5);
    bytes[0] = (2 << 3) | 5;
    new DataView(bytes.buffer).setFloat32(1, value.float, true);
    return concat([head, bytes, number(20, 1)]);
  }
  return concat([head, ...value.map((v) => number(8, v)), number(20, 7)]);
}

function tensorBytes({ name, shape, values }: OnnxTensor): Uint8Array {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const type = values instanceof Float32Array ? FLOAT : INT64;
  return concat([...shape.map((n) => number(1, n)), number(2, type), field(8, text(name)), field(9, raw)]);
}

function valueInfo(name: string, type: number, shape: readonly number[] | null): Uint8Array {
  const dims = shape === null ? [] : [field(2, concat(shape.map((n) => field(1, number(1, n)))))];
  return concat([field(1, text(name)), field(2, field(1, concat([number(1, type), ...dims])))]);
}

function field(tag: number, bytes: Uint8Array): Uint8Array {
  return concat([varint((tag << 3) | 2), varint(bytes.length), bytes]);
}

function number(tag: number, value: number): Uint8Array {
  return concat([varint(tag << 3), varint(value)]);
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 128 : low);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
