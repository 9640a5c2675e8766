import { run } from "../../../src/engine/forward";
import type { Kernels } from "../../../src/engine/kernels/kernels";
import { prepare } from "../../../src/engine/prepare";
import { createSlab } from "../../../src/engine/slab";
import type { LoadedModel } from "../../../src/model/load";
import { type DecoderShape, GPT2, onnxDecoder, randomWeights, SAME_OUTPUTS, SMALL, specOf } from "./decoder";
import { gigaflops, jax, naive, onnxruntime, ours, PRODUCTS, type Product, tfjs } from "./matmul";
import { type Contender, interleaved } from "./measure";
import { jaxDecoder, type Peer, tfjsDecoder } from "./peers";
import { type Row, row } from "./report";
import { typingRows } from "./typing";

/** What a machine offers: our backends (made anew for each model), and the peers that run there. */
export interface Machine {
  readonly kernels: readonly (() => Kernels)[];
  readonly fmas: ((steps: number) => number) | null;
  readonly ort: typeof import("onnxruntime-web") | null;
  readonly tf: typeof import("@tensorflow/tfjs-core") | null;
  readonly jax: typeof import("@jax-js/jax") | null;
  readonly only: Part;
  /** The model that the page loads first. */
  firstModel(): Promise<LoadedModel>;
  readonly progress: (line: string) => void;
}

/** All; without the products; the keystrokes alone; or a few lines, in seconds. */
export type Part = "forward" | "typing" | "quick" | null;

const FMA_STEPS = 200_000;
/** 12 accumulators × 4 lanes × (multiply + add). */
const FLOPS_PER_STEP = 96;

const CEILING = "128-bit ceiling";

/** The register ceiling as a contender: the time that the arithmetic of the others would take there. */
function ceiling(fmas: (steps: number) => number): Contender {
  return {
    name: CEILING,
    once: () => {
      fmas(FMA_STEPS);
    },
  };
}

async function matmulRow(machine: Machine, product: Product): Promise<Row> {
  // Loops in plain script take minutes on the larger products and say the same there.
  const withLoops = product === PRODUCTS[0];
  const kernels = machine.kernels.map((create) => create());
  const contenders: Contender[] = [
    ...kernels.filter(({ name }) => withLoops || name !== "plain").map((backend) => ours(backend, product)),
    ...(machine.fmas ? [ceiling(machine.fmas)] : []),
    ...(machine.ort ? [await onnxruntime(machine.ort, product)] : []),
    ...(machine.tf ? [tfjs(machine.tf, product)] : []),
    ...(machine.jax ? [jax(machine.jax, product)] : []),
    ...(withLoops ? [naive(product)] : []),
  ];
  const timings = await interleaved(contenders);
  const value = (ms: number, name: string) =>
    name === CEILING ? (FMA_STEPS * FLOPS_PER_STEP) / ms / 1e6 : gigaflops(product, ms);
  const what = `${product.rows} × ${product.inDim} × ${product.outDim}`;
  return row("matmul", what, "GFLOP/s", timings, value);
}

async function forwardRows(
  machine: Machine,
  shape: DecoderShape,
  lengths: readonly number[],
): Promise<readonly Row[]> {
  const spec = specOf(shape);
  const models = machine.kernels
    .map((create) => create())
    .filter(({ name }) => name !== "plain")
    .map((kernels) => ({
      name: `sightline ${kernels.name}`,
      model: prepare(spec, randomWeights(spec), kernels),
    }));
  const rows: Row[] = [];
  for (const length of lengths) {
    const ids = Array.from({ length }, (_, i) => (i * 37) % shape.vocab);
    const slab = createSlab();
    const contenders: Contender[] = models.flatMap(({ name, model }) => [
      {
        name: `${name}, same outputs`,
        once: () => {
          slab.reset();
          run(model, { ids }, { capture: SAME_OUTPUTS, into: slab.place });
        },
      },
      {
        name: `${name}, full trace`,
        once: () => {
          slab.reset();
          run(model, { ids }, { capture: "all", into: slab.place });
        },
      },
      { name: `${name}, full trace, new arrays`, once: () => void run(model, { ids }, { capture: "all" }) },
    ]);
    if (machine.ort) {
      for (const trace of [true, false]) {
        const session = await machine.ort.InferenceSession.create(onnxDecoder(shape, length, trace), {
          executionProviders: ["wasm"],
        });
        const feeds = { ids: new machine.ort.Tensor("int64", BigInt64Array.from(ids, BigInt), [length]) };
        contenders.push({
          name: trace ? "onnxruntime-web, same outputs" : "onnxruntime-web, logits only",
          once: async () => {
            await session.run(feeds);
          },
        });
      }
    }
    const [first] = models;
    const peers = [
      ...(machine.tf ? [tfjsDecoder(machine.tf, shape, ids)] : []),
      ...(machine.jax ? [jaxDecoder(machine.jax, shape, ids)] : []),
    ];
    if (first)
      for (const peer of peers)
        agree(peer, run(first.model, { ids }, { capture: [] }).sites.logits?.data ?? new Float32Array());
    contenders.push(...peers.flatMap((peer) => peer.contenders));
    if (machine.fmas) contenders.push(ceiling(machine.fmas));
    const what = `${shape.name}, ${length} tokens`;
    const value = (ms: number, name: string) =>
      name === CEILING ? (ms * flopsOf(shape, length)) / (FMA_STEPS * FLOPS_PER_STEP) : ms;
    const measured = row("forward", what, "ms", await interleaved(contenders), value);
    machine.progress(said(measured));
    rows.push(measured);
    if (first) rows.push(traceRow(shape, length, run(first.model, { ids }, { capture: "all" }).sites));
  }
  return rows;
}

/** Multiplications and additions in the products of a pass, those above the causal diagonal left out. */
function flopsOf({ layers, dModel, vocab }: DecoderShape, length: number): number {
  const pairs = (length * (length + 1)) / 2;
  return 2 * (layers * (12 * length * dModel ** 2 + 2 * pairs * dModel) + length * dModel * vocab);
}

/** Throws where a peer computes something else: its times would then say nothing. */
function agree(peer: Peer, ours: Float32Array): void {
  const theirs = peer.logits();
  const worst = ours.reduce(
    (most, value, at) => Math.max(most, Math.abs(value - (theirs[at] ?? Number.NaN))),
    0,
  );
  if (theirs.length !== ours.length || !(worst < 1e-3)) {
    throw new Error(`${peer.contenders[0]?.name} is ${worst} off`);
  }
}

function traceRow(shape: DecoderShape, length: number, sites: object): Row {
  const bytes = Object.values(sites).reduce(
    (sum, { data }: { data: Float32Array }) => sum + data.byteLength,
    0,
  );
  return {
    group: "memory",
    what: `${shape.name}, ${length} tokens, trace`,
    unit: "MB",
    figures: { sightline: bytes / 2 ** 20 },
    best: {},
  };
}

/** A row in one line, told as soon as it is known. */
function said({ what, unit, figures, best }: Row): string {
  return `${what} (${unit}, median / best): ${Object.entries(figures)
    .map(([name, value]) => `${name} ${value.toPrecision(3)} / ${best[name]?.toPrecision(3)}`)
    .join(" · ")}`;
}

/** Everything that runs without a page. */
export async function suite(machine: Machine): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const quick = machine.only === "quick";
  const typing = machine.only === "typing";
  for (const product of typing || machine.only === "forward" ? [] : quick ? PRODUCTS.slice(0, 1) : PRODUCTS) {
    const measured = await matmulRow(machine, product);
    machine.progress(said(measured));
    rows.push(measured);
  }
  rows.push(...(await forwardRows(machine, SMALL, typing ? [] : quick ? [32] : [16, 32, 64, 128, 256])));
  const [fastest] = machine.kernels;
  if (fastest !== undefined) {
    const typed = await typingRows(await machine.firstModel(), fastest());
    for (const each of typed) machine.progress(said(each));
    rows.push(...typed);
  }
  if (quick || typing) return rows;
  rows.push(...(await forwardRows(machine, GPT2, [32])));
  return rows;
}
