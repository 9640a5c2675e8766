import type { Connect } from "./client";

/** Connects to the engine in a worker of its own. */
export const connectWorker: Connect = (onTell, onCrash) => {
  const worker = new Worker(new URL("./engine.worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = (event) => onTell(event.data);
  worker.onerror = (event) => onCrash(new Error(event.message || "the worker could not start"));
  worker.onmessageerror = () => onCrash(new Error("a message of the worker could not be read"));
  return { post: (ask) => worker.postMessage(ask), close: () => worker.terminate() };
};
