import type { Engine, Listening, Outcome } from "./engine";
import { failureOf } from "./failure";
import type { Ask, TaskName, Tasks, Tell } from "./protocol";

/** The other end of a connection to a handler: a worker, or the handler itself in the same thread. */
export interface Port {
  post(ask: Ask): void;
  close(): void;
}

/** Opens a connection: `onTell` gets its answers, `onCrash` the error that ended it. */
export type Connect = (onTell: (tell: Tell) => void, onCrash: (error: unknown) => void) => Port;

interface Waiting {
  readonly listening: Listening;
  readonly settle: (outcome: Outcome<never>) => void;
}

/** An engine whose connection takes a while to open. */
export interface Client extends Engine {
  /** Opens the connection ahead of the first request. */
  wake(): void;
}

/**
 * An engine on the other side of a connection, opened at the first request and again after a crash. Answers are matched
 * by id: what belongs to no waiting request is dropped.
 */
export function createClient(connect: Connect, base: string): Client {
  const waiting = new Map<number, Waiting>();
  let port: Port | null = null;
  let lastId = 0;

  const settle = (id: number, outcome: Outcome<unknown>) => {
    const request = waiting.get(id);
    waiting.delete(id);
    request?.settle(outcome as Outcome<never>);
  };
  const onTell = (tell: Tell) => {
    switch (tell.type) {
      case "progress":
        waiting.get(tell.id)?.listening.onProgress?.({ loaded: tell.loaded, total: tell.total });
        return;
      case "part":
        waiting.get(tell.id)?.listening.onPart?.(tell.part);
        return;
      case "done":
        return settle(tell.id, { kind: "done", value: tell.result });
      case "failed":
        return settle(tell.id, { kind: "failed", failure: tell.failure });
      case "aborted":
        return settle(tell.id, { kind: "aborted" });
      default:
        return tell satisfies never;
    }
  };
  const onCrash = (error: unknown) => {
    port?.close();
    port = null;
    for (const id of [...waiting.keys()]) settle(id, { kind: "failed", failure: failureOf(error) });
  };

  const opened = () => {
    port ??= connect(onTell, onCrash);
    return port;
  };

  const ask = <T extends TaskName>(
    type: T,
    request: Tasks[T]["request"],
    listening: Listening = {},
  ): Promise<Outcome<Tasks[T]["result"]>> =>
    new Promise((resolve) => {
      const { signal } = listening;
      if (signal?.aborted) return resolve({ kind: "aborted" });
      const id = ++lastId;
      const stop = () => {
        port?.post({ type: "abort", id });
        settle(id, { kind: "aborted" });
      };
      waiting.set(id, {
        listening,
        settle: (outcome) => {
          signal?.removeEventListener("abort", stop);
          resolve(outcome);
        },
      });
      signal?.addEventListener("abort", stop);
      try {
        opened().post({ type, id, base, request } as Ask);
      } catch (error) {
        onCrash(error);
      }
    });

  return {
    wake: () => {
      try {
        opened();
      } catch (error) {
        onCrash(error);
      }
    },
    run: (request, listening) => ask("run", request, listening),
    append: (request, listening) => ask("append", request, listening),
    decode: (request, listening) => ask("decode", request, listening),
    gradients: (request, listening) => ask("gradients", request, listening),
    readOut: (request, listening) => ask("readOut", request, listening),
    open: (request, listening) => ask("open", request, listening),
    derive: (request, listening) => ask("derive", request, listening),
    layer: (request, listening) => ask("layer", request, listening),
    vocabulary: (model, listening) => ask("vocabulary", { model }, listening),
    weights: (model, parts, listening) =>
      ask("weights", { ...(typeof model === "string" ? { model } : model), parts }, listening),
  };
}
