import { type Failure, failureOf } from "./failure";
import type { Library } from "./library";
import { firstOf, type LiveModel } from "./liveModel";
import type { Ask, Tasks, Tell } from "./protocol";

type Work = Exclude<Ask, { type: "abort" }>;
type Result = Tasks[Work["type"]]["result"];

/** Answers asks one after the other. Between two of them it lets messages in, so that a superseded ask is never begun. */
export function createHandler(
  library: Library,
  tell: (message: Tell, transfer: ArrayBuffer[]) => void,
): (ask: Ask) => void {
  const aborts = new Map<number, AbortController>();
  let last: Promise<void> = Promise.resolve();

  const answer = async (ask: Work, signal: AbortSignal) => {
    const { id } = ask;
    try {
      const model = await library.get(ask.request.model, ask.base, signal, (progress) =>
        tell({ type: "progress", id, ...progress }, []),
      );
      const turn = last.then(breathe);
      last = turn;
      await turn;
      if (signal.aborted) return tell({ type: "aborted", id }, []);
      const result = perform(model, ask);
      tell({ type: "done", id, result }, buffersOf(result));
    } catch (error) {
      const failure: Failure = failureOf(error);
      tell(signal.aborted ? { type: "aborted", id } : { type: "failed", id, failure }, []);
    } finally {
      aborts.delete(id);
    }
  };

  return (ask) => {
    if (ask.type === "abort") {
      aborts.get(ask.id)?.abort();
      return;
    }
    const abort = new AbortController();
    aborts.set(ask.id, abort);
    void answer(ask, abort.signal);
  };
}

function perform(model: LiveModel, ask: Work): Result {
  switch (ask.type) {
    case "run": {
      const { input, edits } = ask.request;
      const all = model.cut(input);
      const cut = firstOf(all, model.facts.spec.context);
      const begun = performance.now();
      const trace = cut.tokens.length === 0 ? null : model.trace(cut, edits);
      const ms = performance.now() - begun;
      const length = { typed: all.tokens.length, shown: cut.tokens.length };
      return { trace, input: cut.input, length, ms, facts: model.facts };
    }
    case "append":
      return { added: model.append(ask.request.text, ask.request.sampling) };
    case "weights":
      return ask.request.parts.map((part) => model.weight(part));
    case "vocabulary":
      return model.vocabulary();
    default:
      return ask satisfies never;
  }
}

/** Every buffer of a result, once: they move to the page instead of being copied. */
function buffersOf(result: Result): ArrayBuffer[] {
  const arrays: readonly (Float32Array | null)[] =
    "trace" in result
      ? Object.values(result.trace?.sites ?? {}).flatMap((tensor) => (tensor ? [tensor.data] : []))
      : "added" in result
        ? []
        : result.filter((part) => typeof part !== "string");
  return [...new Set(arrays.flatMap((array) => (array === null ? [] : [array.buffer as ArrayBuffer])))];
}

/** Waits for the next task of the event loop, so that messages that have come are read first. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
