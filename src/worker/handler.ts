import { firstNotFinite } from "../engine/finite";
import { breathe } from "./breathe";
import { firstOf } from "./cut";
import { type Failure, failureOf } from "./failure";
import { layerHeads } from "./layerHeads";
import type { Library } from "./library";
import type { LiveModel } from "./liveModel";
import type { Ask, Tasks, Tell } from "./protocol";

type Work = Exclude<Ask, { type: "abort" }>;
type Result = Tasks[Work["type"]]["result"];

/**
 * Answers asks one after the other. Between two of them it lets messages in, so that a superseded ask is never begun;
 * a decoding lets them in, and others go first, after each of its steps.
 */
export function createHandler(
  library: Library,
  tell: (message: Tell, transfer: ArrayBuffer[]) => void,
): (ask: Ask) => void {
  const aborts = new Map<number, AbortController>();
  let last: Promise<void> = Promise.resolve();

  const answer = async (ask: Work, signal: AbortSignal) => {
    const { id } = ask;
    try {
      const loaded = await library.get(
        ask.request.model,
        ask.base,
        signal,
        (progress) => tell({ type: "progress", id, ...progress }, []),
        ask.type === "open" ? ask.request.files : null,
      );
      const turn = last.then(breathe);
      last = turn;
      await turn;
      if (signal.aborted) return tell({ type: "aborted", id }, []);
      const model = "variant" in ask.request ? loaded.vary(ask.request.variant ?? []) : loaded;
      const result =
        ask.type === "decode"
          ? await stepwise(model.decode(ask.request), signal, (part) => tell({ type: "part", id, part }, []))
          : perform(model, ask);
      tell({ type: "done", id, result }, buffersOf(result));
      if (ask.type === "run") void breathe().then(model.prepare);
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

/** Takes a search to its end, telling each step; rejects when the signal fires. */
async function stepwise<Part, Done>(
  steps: Generator<Part, Done>,
  signal: AbortSignal,
  onPart: (part: Part) => void,
): Promise<Done> {
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = steps.next();
      if (next.done) return next.value;
      onPart(next.value);
      await breathe();
    }
  } finally {
    // A search that is stopped lets go of its model; of one that has ended this does nothing.
    steps.return(undefined as Done);
  }
}

function perform(model: LiveModel, ask: Exclude<Work, { type: "decode" }>): Result {
  switch (ask.type) {
    case "run": {
      const { input, edits } = ask.request;
      const all = model.cut(input);
      const cut = model.complete(firstOf(all, model.facts.spec.context));
      const begun = performance.now();
      const trace = cut.tokens.length === 0 ? null : model.trace(cut, edits, ask.request);
      const ms = performance.now() - begun;
      const length = { typed: all.tokens.length, shown: cut.tokens.length };
      const notFinite = trace === null ? null : firstNotFinite(trace.sites);
      return { trace, input: cut.input, length, ms, facts: model.facts, notFinite };
    }
    case "append":
      return { added: model.append(ask.request.text, ask.request.sampling) };
    case "weights":
      return ask.request.parts.map((part) => model.weight(part));
    case "open":
      return model.facts;
    case "derive":
      return model.derive(ask.request);
    case "layer":
      return layerHeads(model, ask.request);
    case "vocabulary":
      return model.vocabulary();
    case "gradients":
      return model.gradients(ask.request);
    case "readOut":
      return model.readOut(ask.request.states);
    default:
      return ask satisfies never;
  }
}

/** Every buffer of a result, once: they move to the page instead of being copied. */
function buffersOf(result: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const visit = (value: unknown) => {
    if (value instanceof Float32Array) found.add(value.buffer as ArrayBuffer);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  visit(result);
  return [...found];
}
