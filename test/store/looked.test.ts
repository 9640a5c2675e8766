import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { lookedIn } from "../../src/store/looked";
import { lookedFrom, type Sight } from "../../src/store/lookedFrom";
import { createSession } from "../../src/store/session";
import { heldEngine } from "../support/engine";

async function begun(sight: { now: Sight }) {
  const engine = heldEngine();
  const session = createSession(engine, {
    runs: [{ source: { kind: "text", model: "small", text: "one two three" }, edits: [], seed: 1 }],
  });
  session.getState().start();
  await engine.finish();
  const looked = lookedFrom(session, () => sight.now);
  const seen: number[] = [];
  looked.subscribe(() => seen.push(looked.get().query));
  return { engine, session, looked, seen };
}

describe("what a reader looks at", () => {
  let idle: (() => void)[] = [];
  beforeEach(() => {
    vi.useFakeTimers();
    idle = [];
    vi.stubGlobal("requestIdleCallback", (act: () => void) => idle.push(act));
    vi.stubGlobal("cancelIdleCallback", (at: number) => {
      idle[at - 1] = () => {};
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test("is the selection with what the pointer is over, inside the text, and the same object while it says the same", async () => {
    const { session } = await begun({ now: "at" });
    const looked = lookedIn(session);
    session.getState().look({ query: 1, key: 99 });
    const first = looked.get();
    expect(first).toEqual({ ...session.getState().selection, query: 1, key: 2 });
    session.getState().look({ query: 1, key: 2 });
    expect(looked.get()).toBe(first);
    session.getState().look(null);
    expect(looked.get()).toEqual(session.getState().selection);
  });

  test("reaches the figure that the reader is at at once", async () => {
    const { session, seen } = await begun({ now: "at" });
    session.getState().look({ query: 0 });
    session.getState().look({ query: 1 });
    expect(seen).toEqual([0, 1]);
  });

  test("reaches a figure beside it when the browser has time, and then the newest only", async () => {
    const { session, looked, seen } = await begun({ now: "beside" });
    session.getState().look({ query: 0 });
    session.getState().look({ query: 1 });
    expect(looked.get().query).toBe(2);
    for (const act of idle) act();
    expect(seen).toEqual([1]);
  });

  test("stays readable for a moment in a figure beside it, and never misses the last", async () => {
    const { session, seen } = await begun({ now: "beside" });
    const free = () => {
      for (const act of idle.splice(0)) act();
    };
    session.getState().look({ query: 0 });
    free();
    expect(seen).toEqual([0]);
    for (let frame = 1; frame <= 12; frame++) {
      vi.advanceTimersByTime(10);
      session.getState().look({ query: frame % 3 });
      free();
    }
    expect(seen.length).toBe(3);
    vi.advanceTimersByTime(50);
    free();
    expect(seen.at(-1)).toBe(0);
    vi.advanceTimersByTime(1000);
    free();
    expect(seen.length).toBe(4);
  });

  test("reaches a figure out of sight once the pointer rests, or as soon as it is seen", async () => {
    const { session, looked, seen } = await begun({ now: "out" });
    session.getState().look({ query: 0 });
    vi.advanceTimersByTime(100);
    session.getState().look({ query: 1 });
    vi.advanceTimersByTime(100);
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(seen).toEqual([1]);
    session.getState().look({ query: 0 });
    looked.follow();
    expect(seen).toEqual([1, 0]);
    vi.advanceTimersByTime(1000);
    expect(seen).toEqual([1, 0]);
  });

  test("never points beyond another text that has come meanwhile", async () => {
    const { engine, session, looked } = await begun({ now: "out" });
    expect(looked.get().query).toBe(2);
    session.getState().setText("one");
    await engine.finish();
    expect(looked.get().query).toBe(0);
    session.getState().setText("one two three four");
    await engine.finish();
    expect(looked.get().query).toBe(3);
  });

  test("stays what it was for a figure out of sight whose text changed while it says the same", async () => {
    const { engine, session, looked, seen } = await begun({ now: "out" });
    session.getState().setText("four five six");
    await engine.finish();
    session.getState().look({ query: 0 });
    expect(looked.get().query).toBe(2);
    vi.advanceTimersByTime(200);
    expect(seen.at(-1)).toBe(0);
  });
});
