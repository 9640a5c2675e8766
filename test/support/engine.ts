import type { Engine, Outcome, RunRequest, RunResult } from "../../src/worker/engine";
import { SPEC, traceOf } from "./trace";

interface Asked {
  readonly request: RunRequest;
  readonly signal: AbortSignal | undefined;
  progress(loaded: number, total: number): void;
  answer(outcome: Outcome<RunResult>): void;
}

/** An engine that answers only when the test says so. */
export interface HeldEngine extends Engine {
  readonly asked: Asked[];
  /** Answers the last run with a trace of its own text. */
  finish(): Promise<void>;
}

const FACTS = {
  id: "small",
  spec: SPEC,
  parameters: 1234,
  reads: "text",
  kernels: "simd",
  unread: [],
} as const;

/** The answer to a run of words: one token per word, as many as fit. */
export function resultOf(text: string): RunResult {
  const words = text.match(/\S+/g) ?? [];
  const shown = words.slice(0, SPEC.context);
  return {
    trace: shown.length === 0 ? null : traceOf(shown.join(" ")),
    input: { ids: shown.map((_, id) => id) },
    length: { typed: words.length, shown: shown.length },
    ms: 2,
    facts: FACTS,
    notFinite: null,
  };
}

export function heldEngine(): HeldEngine {
  const asked: Asked[] = [];
  return {
    asked,
    run: (request, listening) =>
      new Promise((resolve) => {
        asked.push({
          request,
          signal: listening?.signal,
          progress: (loaded, total) => listening?.onProgress?.({ loaded, total }),
          answer: resolve,
        });
      }),
    append: async () => ({ kind: "done", value: { added: " more" } }),
    decode: async () => ({ kind: "done", value: { texts: [] } }),
    gradients: async () => ({ kind: "done", value: {} }),
    readOut: async () => ({ kind: "done", value: null }),
    open: async ({ model }) => ({ kind: "done", value: { ...FACTS, id: model } }),
    derive: async () => ({ kind: "aborted" }),
    layer: async () => ({ kind: "aborted" }),
    vocabulary: async () => ({ kind: "done", value: [] }),
    weights: async () => ({ kind: "done", value: [] }),
    async finish() {
      const last = asked.at(-1);
      const input = last?.request.input;
      last?.answer({
        kind: "done",
        value: resultOf(input !== undefined && "text" in input ? input.text : ""),
      });
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}
