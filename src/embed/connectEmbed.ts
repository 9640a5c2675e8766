import { filesOf, sourceOf } from "../model/sourceOf";
import type { Connect } from "../worker/client";
import { failureOf } from "../worker/failure";
import type { Ask, Tell } from "../worker/protocol";
import { scriptFile } from "./scriptFile";

type Work = Exclude<Ask, { type: "abort" }>;

/**
 * Connects to the engine in a worker that is made of its own source, so that it starts where the page has no origin.
 * There the worker may not fetch either: the page reads the files of each model as scripts and hands them over.
 */
export const connectEmbed: Connect = (onTell, onCrash) => {
  const worker = start(onTell, onCrash);
  const opened = new Set<string>();
  let last: Promise<void> = Promise.resolve();

  const open = async ({ request: { model }, base }: Work) => {
    if (opened.has(model)) return;
    const files = await Promise.all(filesOf(sourceOf(model, base)).map(scriptFile));
    opened.add(model);
    // The answer to id 0 is nobody's; what goes wrong is told again to whoever asks for the model.
    (await worker).postMessage({ type: "open", id: 0, base, request: { model, files } } satisfies Ask);
  };
  const send = async (ask: Ask) => {
    if (ask.type !== "abort" && ask.type !== "open" && !canFetch()) {
      try {
        await open(ask);
      } catch (error) {
        return onTell({ type: "failed", id: ask.id, failure: failureOf(error) });
      }
    }
    (await worker).postMessage(ask);
  };
  return {
    post: (ask) => {
      last = last.then(() => send(ask)).catch(onCrash);
    },
    close: () => void worker.then((each) => each.terminate()).catch(() => undefined),
  };
};

async function start(onTell: (tell: Tell) => void, onCrash: (error: unknown) => void): Promise<Worker> {
  const { default: EngineWorker } = await import("../worker/engine.worker?worker&inline");
  const worker: Worker = new EngineWorker();
  worker.onmessage = (event) => onTell(event.data);
  worker.onerror = (event) => onCrash(new Error(event.message || "the worker could not start"));
  return worker;
}

/** Whether files beside the page may be fetched: not from a sandbox, whose origin is opaque, and not from a disk. */
export function canFetch(): boolean {
  return window.origin !== "null" && window.location.protocol.startsWith("http");
}
