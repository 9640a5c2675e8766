import type { Engine } from "../worker/engine";
import { choiceOf, inputOf, requestOf } from "./run";
import type { SessionState } from "./session";
import { createWeightShelf } from "./weightShelf";

/** What a session asks the engine about the runs that it has, without changing any of them. */
export function createQuestions(
  engine: Engine,
  get: () => SessionState,
): Pick<SessionState, "weights" | "decode" | "gradients" | "readOut" | "vocabulary" | "pass"> {
  const shelf = createWeightShelf(engine);
  const modelOf = () => get().runs[0]?.run.source.model ?? "";
  return {
    weights: async (requests) => {
      const { trace, variant } = get().runs[0] ?? {};
      return trace == null ? null : shelf.get(choiceOf(trace.modelId, variant), requests);
    },
    decode: async (listening) => {
      const { runs, decoding, sampling } = get();
      const { source, variant } = runs[0]?.run ?? {};
      if (source === undefined || source.kind === "trace") return { kind: "aborted" };
      const choice = choiceOf(source.model, variant);
      return engine.decode({ ...choice, input: inputOf(source), decoding, sampling }, listening);
    },
    gradients: async (target, at = 0, sites, over) => {
      const { trace, input, variant, run } = get().runs[at] ?? {};
      if (trace == null || input == null || run === undefined || run.edits.length > 0) return null;
      return engine.gradients({
        ...choiceOf(trace.modelId, variant),
        input,
        target,
        ...(sites && { sites }),
        ...over,
      });
    },
    readOut: (states) => {
      const { trace, variant } = get().runs[0] ?? {};
      return engine.readOut({ ...choiceOf(trace?.modelId ?? modelOf(), variant), states });
    },
    vocabulary: (model = modelOf()) => engine.vocabulary(model),
    pass: async (request, listening) => {
      const run = get().runs[0]?.run;
      if (run === undefined || run.source.kind === "trace") return { kind: "aborted" };
      return engine.run({ ...requestOf({ ...run, source: run.source }), ...request }, listening);
    },
  };
}
