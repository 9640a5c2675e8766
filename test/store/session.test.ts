import { describe, expect, test } from "vitest";
import type { Opening } from "../../src/store/opening";
import { createSession } from "../../src/store/session";
import { heldEngine } from "../support/engine";
import { traceOf } from "../support/trace";

function opening(text: string): Opening {
  return { runs: [{ source: { kind: "text", model: "small", text }, edits: [], seed: 1 }] };
}

function begun(text = "one two three") {
  const engine = heldEngine();
  const session = createSession(engine, opening(text));
  session.getState().start();
  return { engine, session, run: () => session.getState().runs[0] };
}

describe("a session", () => {
  test("runs its text and then holds the trace", async () => {
    const { engine, run } = begun();
    expect(run()).toMatchObject({ status: "loading", progress: null, stale: true, trace: null });
    await engine.finish();
    expect(run()).toMatchObject({
      status: "ready",
      stale: false,
      error: null,
      length: { typed: 3, shown: 3 },
      ms: 2,
    });
    expect(run()?.trace?.tokens.map((token) => token.text)).toEqual(["one", "two", "three"]);
  });

  test("says that the last row of logits is enough, unless a view reads them all", async () => {
    const { engine, session } = begun();
    const rows = () => engine.asked.at(-1)?.request.logits;
    expect(rows()).toBe("last");
    const releases = [0, 1].map(() => session.getState().need([{ site: "logits", head: null }]));
    session.getState().setText("one");
    expect(rows()).toBe(undefined);
    releases[0]?.();
    session.getState().setText("two");
    expect(rows()).toBe(undefined);
    releases[1]?.();
    session.getState().setText("three");
    expect(rows()).toBe("last");
    session.getState().setSource({ kind: "text", model: "small", text: "another" }, 1);
    expect(rows()).toBe(undefined);
  });

  test("gives up a run that a keystroke has overtaken, and drops its late answer", async () => {
    const { engine, session, run } = begun();
    session.getState().setText("one two three four");
    expect(engine.asked.map((asked) => asked.signal?.aborted)).toEqual([true, false]);
    await engine.finish();
    engine.asked[0]?.answer({
      kind: "failed",
      failure: { code: "crash", params: { reason: "late" }, message: "late" },
    });
    await Promise.resolve();
    expect(run()).toMatchObject({ status: "ready", error: null });
    expect(run()?.trace?.tokens).toHaveLength(4);
  });

  test("shows the progress of a load", () => {
    const { engine, run } = begun();
    engine.asked[0]?.progress(10, 40);
    expect(run()).toMatchObject({ status: "loading", progress: { loaded: 10, total: 40 } });
  });

  test("keeps the last good trace through a failure, and tries again when asked", async () => {
    const { engine, session, run } = begun();
    await engine.finish();
    session.getState().setText("four");
    const failure = { code: "crash", params: { reason: "no" }, message: "no" } as const;
    engine.asked.at(-1)?.answer({ kind: "failed", failure });
    await Promise.resolve();
    await Promise.resolve();
    expect(run()).toMatchObject({ status: "failed", stale: true, error: failure });
    expect(run()?.trace?.tokens).toHaveLength(3);
    session.getState().start();
    await engine.finish();
    expect(run()).toMatchObject({ status: "ready", stale: false, error: null });
  });

  test("says that there is nothing to read when the text is empty", async () => {
    const { engine, session, run } = begun();
    session.getState().setText("");
    await engine.finish();
    expect(run()).toMatchObject({ status: "empty", trace: null, error: null });
  });

  test("counts the tokens that do not fit and keeps the whole text", async () => {
    const text = "a b c d e f g h i j";
    const { engine, run } = begun(text);
    await engine.finish();
    expect(run()).toMatchObject({ length: { typed: 10, shown: 8 }, run: { source: { text } } });
    expect(run()?.trace?.tokens).toHaveLength(8);
  });

  test("can be stopped, and then says so", () => {
    const { engine, session, run } = begun();
    engine.asked[0]?.progress(1, 2);
    session.getState().stop();
    expect(engine.asked[0]?.signal?.aborted).toBe(true);
    expect(run()).toMatchObject({ status: "failed", progress: null, error: { code: "aborted" } });
  });

  test("adds the sampled token to the text and runs it", async () => {
    const { engine, session } = begun();
    await engine.finish();
    await session.getState().appendToken();
    expect(engine.asked.at(-1)?.request.input).toEqual({ text: "one two three more" });
  });

  test("passes a stored trace on at once, and the live one takes its place", async () => {
    const { engine, session, run } = begun();
    session.getState().show(traceOf("one two three"));
    expect(run()).toMatchObject({ status: "loading", stale: true, ms: null });
    expect(run()?.trace?.tokens).toHaveLength(3);
    await engine.finish();
    expect(run()).toMatchObject({ status: "ready", stale: false });
  });
});

describe("its selection", () => {
  test("of a stored trace is the head that joins its two words, and stays when the live one comes", async () => {
    const engine = heldEngine();
    const session = createSession(engine, opening("the cat sat"));
    session.getState().show(traceOf("the cat sat"), { query: 8, key: 0 });
    const chosen = { locked: true, selection: { layer: 1, head: 2, query: 2, key: 0 } };
    expect(session.getState()).toMatchObject(chosen);
    expect(engine.asked).toEqual([]);
    session.getState().start();
    await engine.finish();
    expect(session.getState()).toMatchObject(chosen);
  });

  test("follows the last token and the key that it looks at most while nothing is locked", async () => {
    const { engine, session } = begun();
    await engine.finish();
    expect(session.getState().selection).toMatchObject({ query: 2, key: 2 });
    session.getState().select({ layer: 1, head: 2 });
    expect(session.getState().selection).toMatchObject({ layer: 1, head: 2, query: 2, key: 0 });
    session.getState().setText("one two three four");
    await engine.finish();
    expect(session.getState().selection).toMatchObject({ layer: 1, head: 2, query: 3, key: 0 });
  });

  test("stays where it was locked, as far as the text reaches", async () => {
    const { engine, session } = begun();
    await engine.finish();
    session.getState().lock({ query: 2, key: 1 });
    session.getState().select({ head: 1 });
    session.getState().setText("one two three four");
    await engine.finish();
    expect(session.getState().selection).toMatchObject({ head: 1, query: 2, key: 1 });
    session.getState().setText("one");
    await engine.finish();
    expect(session.getState().selection).toMatchObject({ head: 1, query: 0, key: 0 });
    session.getState().setText("one two");
    session.getState().unlock();
    await engine.finish();
    expect(session.getState().selection).toMatchObject({ query: 1, key: 1 });
  });

  test("of an example is the head that joins its two words", async () => {
    const { engine, session } = begun();
    session.getState().setText("the cat sat", { query: 8, key: 0 });
    await engine.finish();
    expect(session.getState()).toMatchObject({
      locked: true,
      selection: { layer: 1, head: 2, query: 2, key: 0 },
    });
  });

  test("goes along with its words while the text around them changes, and lets go of a word that is gone", async () => {
    const { engine, session } = begun();
    await engine.finish();
    const typed = async (text: string) => {
      session.getState().setText(text);
      await engine.finish();
      const { locked, selection } = session.getState();
      return { locked, query: selection.query, key: selection.key };
    };
    await typed("the cat sat down");
    session.getState().lock({ query: 2, key: 1 });
    expect(await typed("the cat sat down here")).toEqual({ locked: true, query: 2, key: 1 });
    expect(await typed("so the cat sat down here")).toEqual({ locked: true, query: 3, key: 2 });
    expect(await typed("so the dog sat down here")).toEqual({ locked: true, query: 3, key: 2 });
    expect(await typed("well")).toMatchObject({ locked: false, query: 0 });
    expect(await typed("well then go")).toMatchObject({ locked: false, query: 2 });
  });

  test("drops what the pointer rests on where the keys move the same, and only there", async () => {
    const { engine, session } = begun();
    await engine.finish();
    session.getState().look({ query: 0, key: 0 });
    session.getState().select({ head: 1 });
    expect(session.getState().hover).toEqual({ query: 0, key: 0 });
    session.getState().select({ query: 1, key: 1 });
    expect(session.getState().hover).toBeNull();
  });

  test("is what a link says once its trace has come", async () => {
    const { engine, session, run } = begun();
    await engine.finish();
    session
      .getState()
      .restore({ ...opening("a b c d"), selection: { layer: 1, query: 1, key: 0 }, locked: true });
    expect(run()).toMatchObject({ status: "running", stale: true });
    await engine.finish();
    expect(session.getState().selection).toMatchObject({ layer: 1, head: 0, query: 1, key: 0 });
  });
});
