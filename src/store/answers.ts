// What the engine answers besides traces, in the words that views use: they read the store, never the worker.
export type { DecodedText, DecodeNode, DecodePart, LookedAt } from "../worker/decoding";
export { STRATEGIES } from "../worker/decoding";

export type {
  GradientRequest,
  Gradients,
  Listening,
  Outcome,
  Progress,
  RunRequest,
  RunResult,
} from "../worker/engine";
