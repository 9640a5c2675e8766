import type { WeightRequest } from "../analysis/explain/lookup";
import type { Tensor } from "../engine/tensor";
import type { DecodePart, DecodeRequest, DecodeResult } from "./decoding";
import type {
  AppendRequest,
  DeriveRequest,
  GradientRequest,
  Gradients,
  LayerHeads,
  LayerRequest,
  ModelChoice,
  ModelFacts,
  OpenRequest,
  ReadOutRequest,
  RunRequest,
  RunResult,
} from "./engine";
import type { Failure } from "./failure";

/** What can be asked of the worker, and what is answered. */
export interface Tasks {
  run: { readonly request: RunRequest; readonly result: RunResult };
  append: { readonly request: AppendRequest; readonly result: { readonly added: string } };
  decode: { readonly request: DecodeRequest; readonly result: DecodeResult };
  gradients: { readonly request: GradientRequest; readonly result: Gradients };
  readOut: { readonly request: ReadOutRequest; readonly result: Float32Array | null };
  open: { readonly request: OpenRequest; readonly result: ModelFacts };
  derive: { readonly request: DeriveRequest; readonly result: Tensor };
  layer: { readonly request: LayerRequest; readonly result: LayerHeads };
  vocabulary: { readonly request: { readonly model: string }; readonly result: readonly string[] };
  weights: {
    readonly request: ModelChoice & { readonly parts: readonly WeightRequest[] };
    readonly result: readonly (Float32Array | null)[];
  };
}

export type TaskName = keyof Tasks;

/** Page → worker. `id` grows with each ask; `base` is the page's own address, which models are found by. */
export type Ask =
  | {
      readonly [T in TaskName]: {
        readonly type: T;
        readonly id: number;
        readonly base: string;
        readonly request: Tasks[T]["request"];
      };
    }[TaskName]
  | { readonly type: "abort"; readonly id: number };

/** Worker → page. Each ask gets any number of `progress` and `part`, then exactly one of the others. */
export type Tell =
  | { readonly type: "progress"; readonly id: number; readonly loaded: number; readonly total: number | null }
  | { readonly type: "part"; readonly id: number; readonly part: DecodePart }
  | { readonly type: "done"; readonly id: number; readonly result: Tasks[TaskName]["result"] }
  | { readonly type: "failed"; readonly id: number; readonly failure: Failure }
  | { readonly type: "aborted"; readonly id: number };
