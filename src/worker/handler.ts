import { type Failure, failureOf } from "./failure";
import type { Library } from "./library";
import type { LiveModel } from "./model";
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
      const ids = "ids" in input ? input.ids : model.encode(input.text);
      const shown = ids.slice(0, model.facts.spec.context);
      const begun = performance.now();
      const text = "text" in input ? input.text : null;
      const trace = shown.length === 0 ? null : model.trace(shown, text, edits);
      const ms = performance.now() - begun;
      return { trace, length: { typed: ids.length, shown: shown.length }, ms, facts: model.facts };
    }
    case "append":
      return { added: model.append(ask.request.text, ask.request.sampling) };
    case "weights":
      return ask.request.parts.map((part) => model.weight(part));
    default:
      return ask satisfies never;
  }
}

/** Every buffer of a result, once: they move to the page instead of being copied. */
function buffersOf(result: Result): ArrayBuffer[] {
  const arrays =
    "trace" in result
      ? Object.values(result.trace?.sites ?? {}).flatMap((tensor) => (tensor ? [tensor.data] : []))
      : "added" in result
        ? []
        : result;
  return [...new Set(arrays.map((array) => array.buffer as ArrayBuffer))];
}

/** Waits for the next task of the event loop, so that messages that have come are read first. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
