import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fromFragment, ignoredIn } from "../../src/store/fragment";
import { FIRST_MODEL } from "../../src/store/models";
import { optionsIn } from "../../src/store/options";
import { followAddress, linkOf, openingOf, type Place } from "../../src/store/permalink";
import { BLANK, firstPicture } from "../../src/store/picture";
import { createSession } from "../../src/store/session";
import { createSettings } from "../../src/store/settings";
import { heldEngine } from "../support/engine";

const FALLBACK = { model: "small", text: "one two" };

/** A window's address and history, and nothing else of it. */
function place(hash = "") {
  const entries = [hash];
  let at = 0;
  const listeners = new Set<() => void>();
  const own: Place = {
    location: {
      get hash() {
        return entries[at] ?? "";
      },
    },
    history: {
      replaceState: (_data, _unused, url) => {
        entries[at] = String(url);
      },
      pushState: (_data, _unused, url) => {
        entries.splice(at + 1, entries.length, String(url));
        at += 1;
      },
    },
    addEventListener: (type, listener) => {
      if (type === "popstate") listeners.add(listener);
    },
    removeEventListener: (_type, listener) => {
      listeners.delete(listener);
    },
  };
  const go = (to: number) => {
    at = to;
    for (const listener of listeners) listener();
  };
  return {
    own,
    entries,
    back: () => go(at - 1),
    visit: (next: string) => {
      entries.push(next);
      go(entries.length - 1);
    },
  };
}

function page(hash = "") {
  const address = place(hash);
  const engine = heldEngine();
  const session = createSession(engine, openingOf(fromFragment(hash), FALLBACK));
  const settings = createSettings({ theme: "auto", language: "en", transpose: false, view: "steps" });
  const stop = followAddress(address.own, session, settings, FALLBACK);
  return { ...address, engine, session, settings, stop };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the address", () => {
  test("follows the page without a new entry of the history for each keystroke", () => {
    const { session, entries } = page();
    session.getState().setText("one two three");
    session.getState().lock({ layer: 1, head: 2, query: 1, key: 0 });
    session.getState().select({ step: "mask" });
    vi.runAllTimers();
    expect(entries).toHaveLength(1);
    expect(fromFragment(entries[0] ?? "")).toEqual({
      text: "one two three",
      model: "small",
      layer: 1,
      head: 2,
      query: 1,
      key: 0,
      locked: true,
      step: "mask",
      language: "en",
    });
  });

  test("gets a new entry with another model, and going back restores the former one", () => {
    const { session, entries, back } = page();
    session.getState().setText("one two three");
    vi.runAllTimers();
    session.getState().setModel("other");
    vi.runAllTimers();
    expect(entries).toHaveLength(2);
    back();
    expect(session.getState().runs[0]?.run.source).toEqual({
      kind: "text",
      model: "small",
      text: "one two three",
    });
  });

  test("keeps how text is written and what B is, and gives them back", () => {
    const { session, entries } = page();
    session.getState().setDecoding({ strategy: "sample", maxTokens: 20 });
    session.getState().setSource({ kind: "text", model: "masked", text: "one four" }, 1);
    vi.runAllTimers();
    const link = fromFragment(entries[0] ?? "");
    expect(link).toMatchObject({ strategy: "sample", maxTokens: 20, textB: "one four", modelB: "masked" });
    const { runs, decoding } = openingOf(link, FALLBACK);
    expect(decoding).toEqual({ strategy: "sample", maxTokens: 20 });
    expect(runs.map((run) => run.source)).toEqual([
      { kind: "text", model: "small", text: "one two" },
      { kind: "text", model: "masked", text: "one four" },
    ]);
  });

  test("of words in another order says the order alone: the run that it makes is no text, and its edits belong to it", () => {
    const order = { order: "1.0", bare: true };
    const edits = [{ kind: "zero", site: "hook_pos_embed" }] as const;
    const ids = { kind: "ids", model: "small", ids: [2, 1] } as const;
    const opening = openingOf({}, FALLBACK);
    const session = createSession(heldEngine(), {
      ...opening,
      runs: [...opening.runs, { source: ids, edits, seed: 1 }],
    });
    const settings = createSettings({
      theme: "auto",
      language: "en",
      transpose: false,
      view: "position",
      options: optionsIn(order),
    });
    const link = linkOf(session.getState(), settings.getState());
    expect(link).toMatchObject(order);
    expect(
      Object.keys(link).filter((field) => /B$/.test(field) && link[field as keyof typeof link] !== "raw"),
    ).toEqual([]);
  });

  test("that changes restores text, selection, settings and sampling", () => {
    const { session, settings, visit } = page();
    visit(
      "#v=1&text=a+b+c&model=small&layer=1&head=2&query=1&key=0&step=mix&theme=dark&lang=zh&temperature=0.5&transpose=true",
    );
    expect(session.getState().runs[0]?.run.source).toEqual({ kind: "text", model: "small", text: "a b c" });
    expect(session.getState()).toMatchObject({
      locked: true,
      selection: { layer: 1, head: 2, query: 1, key: 0, step: "mix" },
      sampling: { temperature: 0.5, topK: 0, topP: 1, seed: 1 },
    });
    expect(settings.getState()).toMatchObject({ theme: "dark", language: "zh", transpose: true });
  });

  test("of two texts opens as a pair, of a text and its translation as both sides", () => {
    expect(openingOf({ text: "a", second: "b" }, FALLBACK).runs[0]?.source).toEqual({
      kind: "pair",
      model: "small",
      text: "a",
      second: "b",
    });
    expect(openingOf({ text: "a", target: "b" }, FALLBACK).runs[0]?.source).toEqual({
      kind: "seq2seq",
      model: "small",
      text: "a",
      target: "b",
    });
  });

  test("of a model of images opens with its drawn digit, and typing goes to the model of a first visit", () => {
    const { session } = page("#v=1&model=digits");
    const source = () => session.getState().runs[0]?.run.source;
    expect(source()).toEqual({ kind: "image", model: "digits", picture: firstPicture("digits") });
    session.getState().setText("hello");
    expect(source()).toEqual({ kind: "text", model: FIRST_MODEL, text: "hello" });
  });

  test("of a text gives its words back after a picture has been drawn", () => {
    const { session } = page("#v=1&text=hello+there");
    session.getState().setSource({ kind: "image", model: "digits", picture: BLANK });
    session.getState().setModel("masked");
    expect(session.getState().runs[0]?.run.source).toEqual({
      kind: "text",
      model: "masked",
      text: "hello there",
    });
  });

  test("of a model that there is none of opens the first one, and the page says so until something else is asked for", () => {
    const { session } = page("#v=1&text=hello&model=none-of-ours");
    expect(session.getState().runs[0]?.run.source).toEqual({ kind: "text", model: "small", text: "hello" });
    expect(session.getState().unknownModel).toBe("none-of-ours");
    session.getState().setText("hello there");
    expect(session.getState().unknownModel).toBeNull();
  });

  test("of names and values that nothing has opens without them, and the page says which until something else is asked for", async () => {
    const hash = "#v=1&text=hello&layer=abc&no-such=1&temperature=2&head=3";
    expect(ignoredIn(hash)).toEqual(["layer=abc", "no-such=1"]);
    expect(ignoredIn("#v=1&text=hello&lang=zh&layer=0")).toEqual([]);
    const { session } = page(hash);
    expect(session.getState().ignored).toEqual([]);
    session.getState().restore(openingOf(fromFragment(hash), FALLBACK, ignoredIn(hash)));
    expect(session.getState().ignored).toEqual(["layer=abc", "no-such=1"]);
    session.getState().setText("hello there");
    expect(session.getState().ignored).toEqual([]);
  });

  test("is left alone once the page stops following", () => {
    const { session, entries, stop } = page("#v=1&text=hello");
    stop();
    session.getState().setText("other");
    vi.runAllTimers();
    expect(entries).toEqual(["#v=1&text=hello"]);
  });
});
