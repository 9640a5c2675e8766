import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { createClient } from "../../src/worker/client";
import { createHandler } from "../../src/worker/handler";
import { createLibrary } from "../../src/worker/library";
import type { Ask, Tell } from "../../src/worker/protocol";
import { wordModel } from "../support/liveModel";

const BASE = "https://example.org/";
const HELLO = { model: "small", input: { text: "hello there" }, edits: [] } as const;

/** A client whose connection the test holds in its hands. */
function held() {
  const asks: Ask[] = [];
  const opened: { tell: (tell: Tell) => void; crash: (error: unknown) => void; closed: boolean }[] = [];
  const client = createClient((tell, crash) => {
    const connection = { tell, crash, closed: false };
    opened.push(connection);
    return {
      post: (ask) => asks.push(ask),
      close: () => {
        connection.closed = true;
      },
    };
  }, BASE);
  return { client, asks, opened };
}

describe("the client", () => {
  test("gets the same answers from the handler as the page gets from the worker", async () => {
    const client = createClient((onTell) => {
      const handle = createHandler(
        createLibrary(async () => wordModel()),
        (tell, transfer) => onTell(structuredClone(tell, { transfer })),
      );
      return { post: (ask) => handle(structuredClone(ask)), close: () => undefined };
    }, BASE);
    const outcome = await client.run(HELLO);
    expect(outcome).toMatchObject({ kind: "done", value: { length: { typed: 2, shown: 2 } } });
    const trace = outcome.kind === "done" ? outcome.value.trace : null;
    expect(trace?.sites["blocks.0.attn.hook_pattern"]?.shape).toEqual([3, 2, 2]);
    expect(await client.vocabulary("small")).toEqual({ kind: "done", value: ["a", "b"] });
  });

  test("opens its connection once, ahead of the first request when it is woken", () => {
    const { client, asks, opened } = held();
    expect(opened).toHaveLength(0);
    client.wake();
    client.wake();
    expect(opened).toHaveLength(1);
    void client.run(HELLO);
    expect([opened.length, asks.length]).toEqual([1, 1]);
  });

  test("settles an aborted request at once and drops the answer that still comes", async () => {
    const { client, asks, opened } = held();
    const abort = new AbortController();
    const outcome = client.run(HELLO, { signal: abort.signal });
    abort.abort();
    expect(await outcome).toEqual({ kind: "aborted" });
    expect(asks.map((ask) => [ask.type, ask.id])).toEqual([
      ["run", 1],
      ["abort", 1],
    ]);
    opened[0]?.tell({ type: "done", id: 1, result: { added: "late" } });
    opened[0]?.tell({ type: "progress", id: 1, loaded: 1, total: 2 });
    const next = client.append({
      model: "small",
      text: "",
      sampling: { temperature: 1, topK: 0, topP: 1, seed: 1 },
    });
    opened[0]?.tell({ type: "done", id: 2, result: { added: "in time" } });
    expect(await next).toEqual({ kind: "done", value: { added: "in time" } });
  });

  test("listens to a signal no longer than its request waits: many passes share one", async () => {
    const { client, opened } = held();
    const { signal } = new AbortController();
    const outcomes = [
      client.run(HELLO, { signal }),
      client.run(HELLO, { signal }),
      client.run(HELLO, { signal }),
    ];
    expect(getEventListeners(signal, "abort")).toHaveLength(3);
    opened[0]?.tell({ type: "aborted", id: 1 });
    opened[0]?.tell({
      type: "failed",
      id: 2,
      failure: { code: "crash", params: { reason: "" }, message: "" },
    });
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    opened[0]?.crash(new Error("gone"));
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    expect((await Promise.all(outcomes)).map(({ kind }) => kind)).toEqual(["aborted", "failed", "failed"]);
  });

  test("does not ask at all for what is aborted already", async () => {
    const { client, asks } = held();
    expect(await client.run(HELLO, { signal: AbortSignal.abort() })).toEqual({ kind: "aborted" });
    expect(asks).toEqual([]);
  });

  test("fails what is under way when the worker dies, and opens a new one for the next request", async () => {
    const { client, opened } = held();
    const outcome = client.run(HELLO);
    opened[0]?.crash(new Error("out of memory"));
    expect(await outcome).toMatchObject({
      kind: "failed",
      failure: { code: "crash", params: { reason: "out of memory" } },
    });
    expect(opened[0]?.closed).toBe(true);
    const again = client.run(HELLO);
    expect(opened).toHaveLength(2);
    opened[1]?.tell({ type: "aborted", id: 2 });
    expect(await again).toEqual({ kind: "aborted" });
  });

  test("turns a worker that cannot be started into a failure", async () => {
    const client = createClient(() => {
      throw new Error("workers are blocked");
    }, BASE);
    expect(await client.run(HELLO)).toMatchObject({ kind: "failed", failure: { code: "crash" } });
  });
});
