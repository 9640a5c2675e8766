// @vitest-environment jsdom
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { holdWhileActing } from "../../src/app/acting";

type Held = () => Promise<unknown> | unknown;

/** Locks of one name, as far as they are used here: shared ones are given at once, an exclusive one when none is held. */
function makeLocks() {
  const held = new Set<Promise<unknown>>();
  const take = async (callback: Held) => {
    const until = Promise.resolve(callback());
    held.add(until);
    await until;
    held.delete(until);
  };
  return {
    held,
    request: async (_: string, { mode, signal }: { mode: string; signal?: AbortSignal }, callback: Held) => {
      if (mode === "shared") return take(callback);
      const givenUp = new Promise((_, reject) =>
        signal?.addEventListener("abort", () => reject(signal.reason)),
      );
      while (held.size > 0) await Promise.race([Promise.all(held), givenUp]);
      return take(callback);
    },
  };
}

let locks = makeLocks();
beforeEach(() => {
  vi.useFakeTimers();
  locks = makeLocks();
  Object.defineProperty(navigator, "locks", { value: locks, configurable: true });
});
afterEach(() => {
  vi.useRealTimers();
  Reflect.deleteProperty(navigator, "locks");
});

describe("while a reader acts", () => {
  test("a lock is held from their first move until they have rested for a second", async () => {
    const letGo = holdWhileActing();
    expect(locks.held.size).toBe(0);
    window.dispatchEvent(new Event("pointermove"));
    await vi.advanceTimersByTimeAsync(900);
    window.dispatchEvent(new Event("keydown"));
    await vi.advanceTimersByTimeAsync(900);
    expect(locks.held.size).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(locks.held.size).toBe(0);
    window.dispatchEvent(new Event("wheel"));
    expect(locks.held.size).toBe(1);
    letGo();
    await vi.advanceTimersByTimeAsync(2000);
    window.dispatchEvent(new Event("pointermove"));
    expect(locks.held.size).toBe(0);
  });

  test("the service worker keeps a file when they rest, and each after its patience when they do not", async () => {
    const worker = openWorker(["a.js", "b.js", "c.js"]);
    const letGo = holdWhileActing();
    const still = () => worker.kept.map((address) => address.split("/").at(-1));
    window.dispatchEvent(new Event("pointermove"));
    const installed = worker.install();
    await vi.advanceTimersByTimeAsync(300);
    expect(still()).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(still()).toEqual(["a.js"]);
    // A second after the move the lock is free: the other two follow at once.
    await vi.advanceTimersByTimeAsync(600);
    expect(still()).toEqual(["a.js", "b.js", "c.js"]);
    await installed;
    letGo();
  });
});

/** The service worker as the build writes it, over a cache that says what was added to it. */
function openWorker(files: readonly string[]) {
  const lists = {
    __SHELL__: { name: "page", files, bytes: 3 },
    __MODELS__: { name: "models", files: [], bytes: 0 },
  };
  let code = readFileSync("vite/serviceWorker.js", "utf8");
  for (const [mark, list] of Object.entries(lists)) code = code.replace(`"${mark}"`, JSON.stringify(list));
  const kept: string[] = [];
  const heard = new Map<string, (event: { waitUntil(work: Promise<unknown>): void }) => void>();
  const cache = {
    match: async (address: string) => (kept.includes(address) ? {} : undefined),
    add: async (request: { url: string }) => void kept.push(request.url),
  };
  const patience = (delay: number) => {
    const control = new AbortController();
    setTimeout(() => control.abort(new Error("patience")), delay);
    return control.signal;
  };
  const scope = {
    self: {
      location: { href: "https://site.test/sw.js" },
      addEventListener: (name: string, listener: never) => heard.set(name, listener),
    },
    caches: { open: async () => cache },
    navigator: { locks },
    AbortSignal: { timeout: patience },
    Request: class {
      readonly url: string;
      constructor(url: string) {
        this.url = url;
      }
    },
    URL,
  };
  runInContext(code, createContext(scope));
  return {
    kept,
    install: () =>
      new Promise<unknown>((resolve) => heard.get("install")?.({ waitUntil: (work) => work.then(resolve) })),
  };
}
