import { run } from "../../../src/engine/forward";
import type { Kernels } from "../../../src/engine/kernels/kernels";
import { prepare } from "../../../src/engine/prepare";
import { type DecoderShape, GPT2, onnxDecoder, randomWeights, SAME_OUTPUTS, SMALL, specOf } from "./decoder";
import { gigaflops, jax, naive, onnxruntime, ours, PRODUCTS, type Product, tfjs } from "./matmul";
import { type Contender, interleaved, type Timing } from "./measure";
import { type Row, row } from "./report";

/** What a machine offers: our backends (made anew for each model), and the peers that run there. */
export interface Machine {
  readonly kernels: readonly (() => Kernels)[];
  readonly fmas: ((steps: number) => number) | null;
  readonly ort: typeof import("onnxruntime-web") | null;
  readonly tf: typeof import("@tensorflow/tfjs-core") | null;
  readonly jax: typeof import("@jax-js/jax") | null;
  /** Leaves the products out. */
  readonly only: "forward" | null;
  readonly progress: (line: string) => void;
}

const FMA_STEPS = 200_000;
/** 12 accumulators × 4 lanes × (multiply + add). */
const FLOPS_PER_STEP = 96;

/** The register ceiling as a contender on a product: the time that its arithmetic would take there. */
function ceiling(fmas: (steps: number) => number): Contender {
  return {
    name: "128-bit ceiling",
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
  const value = ({ name, ms }: Timing) =>
    name === "128-bit ceiling" ? (FMA_STEPS * FLOPS_PER_STEP) / ms / 1e6 : gigaflops(product, ms);
  const what = `${product.rows} × ${product.inDim} × ${product.outDim}`;
  return {
    group: "matmul",
    what,
    unit: "GFLOP/s",
    figures: Object.fromEntries(timings.map((t) => [t.name, value(t)])),
  };
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
    const contenders: Contender[] = models.flatMap(({ name, model }) => [
      { name: `${name}, same outputs`, once: () => void run(model, { ids }, { capture: SAME_OUTPUTS }) },
      { name: `${name}, full trace`, once: () => void run(model, { ids }, { capture: "all" }) },
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
    const what = `${shape.name}, ${length} tokens`;
    const measured = row("forward", what, "ms", await interleaved(contenders), (ms) => ms);
    machine.progress(said(measured));
    rows.push(measured);
    const first = models[0];
    if (first) rows.push(traceRow(shape, length, run(first.model, { ids }, { capture: "all" }).sites));
  }
  return rows;
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
  };
}

/** A row in one line, told as soon as it is known. */
function said({ what, unit, figures }: Row): string {
  return `${what} (${unit}): ${Object.entries(figures)
    .map(([name, value]) => `${name} ${value.toPrecision(3)}`)
    .join(" · ")}`;
}

/** Everything that runs without a page. */
export async function suite(machine: Machine): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const product of machine.only === "forward" ? [] : PRODUCTS) {
    const measured = await matmulRow(machine, product);
    machine.progress(said(measured));
    rows.push(measured);
  }
  rows.push(...(await forwardRows(machine, SMALL, [16, 32, 64, 128, 256])));
  rows.push(...(await forwardRows(machine, GPT2, [32])));
  return rows;
}
