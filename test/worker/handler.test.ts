import { describe, expect, test, vi } from "vitest";
import { failure } from "../../src/model/errors";
import type { RunResult } from "../../src/worker/engine";
import { createHandler } from "../../src/worker/handler";
import { createLibrary } from "../../src/worker/library";
import type { LoadModel } from "../../src/worker/liveModel";
import type { Ask, Tell } from "../../src/worker/protocol";
import { partOf, wordModel } from "../support/liveModel";
import { SPEC } from "../support/trace";

const BASE = "https://example.org/";

function run(id: number, text: string): Ask {
  return { type: "run", id, base: BASE, request: { model: "small", input: { text }, edits: [] } };
}

function handlerOver(load: LoadModel) {
  const told: { tell: Tell; transfer: ArrayBuffer[] }[] = [];
  const handle = createHandler(createLibrary(load), (tell, transfer) => told.push({ tell, transfer }));
  const settled = (count: number) =>
    vi.waitFor(() =>
      expect(told.filter(({ tell }) => tell.type !== "progress" && tell.type !== "part")).toHaveLength(count),
    );
  return { handle, told, settled };
}

describe("the worker's handler", () => {
  test("answers a run with a trace whose buffers are moved, each once", async () => {
    const { handle, told, settled } = handlerOver(async () => wordModel());
    handle(run(1, "one two three"));
    await settled(1);
    const { tell, transfer } = told[0] ?? {};
    expect(tell).toMatchObject({
      type: "done",
      id: 1,
      result: {
        length: { typed: 3, shown: 3 },
        input: { ids: [0, 1, 2] },
        facts: { id: "small", spec: SPEC },
      },
    });
    const trace = tell?.type === "done" ? (tell.result as RunResult).trace : null;
    const buffers = Object.values(trace?.sites ?? {}).map((tensor) => tensor?.data.buffer);
    expect(buffers.length).toBeGreaterThan(0);
    expect(transfer).toEqual(buffers);
  });

  test("gets the memory of the next trace ready once it has answered", async () => {
    const model = wordModel();
    const { handle, told, settled } = handlerOver(async () => model);
    const answered: number[] = [];
    const prepare = vi.spyOn(model, "prepare").mockImplementation(() => {
      answered.push(told.length);
    });
    handle(run(1, "one two"));
    await settled(1);
    await vi.waitFor(() => expect(answered).toEqual([1]));
    handle({ type: "vocabulary", id: 2, base: BASE, request: { model: "small" } });
    await settled(2);
    expect(prepare).toHaveBeenCalledTimes(1);
  });

  test("reads only the tokens that fit, and counts them all", async () => {
    const { handle, told, settled } = handlerOver(async () => wordModel());
    handle(run(1, "a b c d e f g h i j k"));
    await settled(1);
    expect(told[0]?.tell).toMatchObject({ result: { length: { typed: 11, shown: 8 } } });
  });

  test("has no trace of a text without tokens", async () => {
    const { handle, told, settled } = handlerOver(async () => wordModel());
    handle(run(1, " \n"));
    await settled(1);
    expect(told[0]?.tell).toMatchObject({
      type: "done",
      result: { trace: null, length: { typed: 0, shown: 0 } },
    });
  });

  test("never begins a run that was given up while it waited", async () => {
    const model = wordModel();
    const trace = vi.spyOn(model, "trace");
    const { handle, told, settled } = handlerOver(async () => model);
    handle(run(1, "one"));
    handle(run(2, "one two"));
    handle({ type: "abort", id: 1 });
    handle({ type: "abort", id: 99 });
    await settled(2);
    expect(told.map(({ tell }) => [tell.type, tell.id])).toEqual([
      ["aborted", 1],
      ["done", 2],
    ]);
    expect(trace).toHaveBeenCalledTimes(1);
  });

  test("tells an expected failure as data, anything else as a crash, and goes on", async () => {
    const model = wordModel();
    vi.spyOn(model, "trace").mockImplementationOnce(() => {
      throw new RangeError("out of memory");
    });
    let loads = 0;
    const { handle, told, settled } = handlerOver(async () => {
      if (loads++ === 0) throw failure("network", { status: 503, path: "/models/small/config.json" });
      return model;
    });
    handle(run(1, "one"));
    await settled(1);
    handle(run(2, "one"));
    await settled(2);
    handle(run(3, "one"));
    await settled(3);
    expect(told.map(({ tell }) => (tell.type === "failed" ? tell.failure.code : tell.type))).toEqual([
      "network",
      "crash",
      "done",
    ]);
  });

  test("gives parts of weights, null for what the model lacks, and the vocabulary", async () => {
    const { handle, told, settled } = handlerOver(async () => wordModel());
    const parts = [3, 9].map((at) => ({ weight: "blocks.0.attn.W_Q", take: "column", at }) as const);
    handle({ type: "weights", id: 1, base: BASE, request: { model: "small", parts } });
    handle({ type: "vocabulary", id: 2, base: BASE, request: { model: "small" } });
    handle({
      type: "append",
      id: 3,
      base: BASE,
      request: { model: "small", text: "a", sampling: { temperature: 1, topK: 0, topP: 1, seed: 1 } },
    });
    await settled(3);
    expect(told.map(({ tell }) => (tell.type === "done" ? tell.result : null))).toEqual([
      [Float32Array.of(3, 4), null],
      ["a", "b"],
      { added: "!" },
    ]);
    expect(told.map(({ transfer }) => transfer.length)).toEqual([1, 0, 0]);
  });
});

describe("a decoding", () => {
  const decode = (id: number): Ask => ({
    type: "decode",
    id,
    base: BASE,
    request: {
      model: "small",
      input: { text: "a" },
      decoding: { strategy: "greedy", beams: 1, lengthPenalty: 1, maxTokens: 3 },
      sampling: { temperature: 1, topK: 0, topP: 1, seed: 1 },
    },
  });

  test("tells each step, lets a run go first between two of them, and ends with its texts", async () => {
    const { handle, told, settled } = handlerOver(async () => wordModel());
    handle(decode(1));
    handle(run(2, "one"));
    await settled(2);
    const kinds = told.map(({ tell }) => `${tell.type} ${tell.id}`);
    expect(kinds.filter((kind) => kind.endsWith("1"))).toEqual(["part 1", "part 1", "part 1", "done 1"]);
    expect(kinds.indexOf("done 2")).toBeLessThan(kinds.indexOf("done 1"));
    expect(told.flatMap(({ tell }) => (tell.type === "part" ? [tell.part] : []))).toEqual(
      [1, 2, 3].map(partOf),
    );
  });

  test("stops between two steps when it is given up", async () => {
    const told: string[] = [];
    const library = createLibrary(async () => wordModel());
    const handle = createHandler(library, ({ type, id }) => {
      told.push(type);
      if (type === "part") handle({ type: "abort", id });
    });
    handle(decode(1));
    await vi.waitFor(() => expect(told).toHaveLength(2));
    expect(told).toEqual(["part", "aborted"]);
  });
});

describe("the worker's library", () => {
  const none = () => undefined;

  test("loads a model once for all who ask, and tells each of them the progress", async () => {
    let finish: () => void = none;
    const load = vi.fn<LoadModel>(
      (_id, _base, { onProgress }) =>
        new Promise((resolve) => {
          finish = () => {
            onProgress({ loaded: 5, total: 10 });
            resolve(wordModel());
          };
        }),
    );
    const library = createLibrary(load);
    const heard: string[] = [];
    const signal = new AbortController().signal;
    const both = ["first", "second"].map((who) =>
      library.get("small", BASE, signal, ({ loaded }) => heard.push(`${who} ${loaded}`)),
    );
    finish();
    await Promise.all(both);
    await library.get("small", BASE, signal, none);
    expect(load).toHaveBeenCalledTimes(1);
    expect(heard).toEqual(["first 5", "second 5"]);
  });

  test("goes on loading while a keystroke gives up one wait and begins the next", async () => {
    vi.useFakeTimers();
    const signals: AbortSignal[] = [];
    const library = createLibrary((_id, _base, { signal }) => {
      signals.push(signal);
      return new Promise(none);
    });
    const first = new AbortController();
    const given = library.get("small", BASE, first.signal, none).catch((error) => error.name);
    first.abort();
    expect(await given).toBe("AbortError");
    const second = new AbortController();
    const again = library.get("small", BASE, second.signal, none).catch((error) => error.name);
    vi.runAllTimers();
    expect(signals.map((signal) => signal.aborted)).toEqual([false]);
    second.abort();
    await again;
    vi.runAllTimers();
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
    vi.useRealTimers();
  });
});
