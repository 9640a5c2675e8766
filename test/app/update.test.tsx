// @vitest-environment jsdom
import { readFileSync } from "node:fs";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { UpdateNotice } from "../../src/app/UpdateNotice";
import { SessionProvider } from "../../src/store/SessionContext";
import type { SessionStore } from "../../src/store/session";

const told: unknown[] = [];

/** A browser that holds a new version of the page ready, beside the one that runs. */
function standBy(): void {
  const waiting = Object.assign(new EventTarget(), {
    state: "installed",
    postMessage: (message: unknown) => told.push(message),
  });
  const registration = Object.assign(new EventTarget(), { waiting, installing: null });
  const container = Object.assign(new EventTarget(), {
    controller: {},
    register: () => Promise.resolve(registration),
    ready: new Promise(() => undefined),
  });
  Object.defineProperty(navigator, "serviceWorker", { value: container, configurable: true });
}

beforeEach(() => {
  told.length = 0;
  vi.stubEnv("PROD", true);
  standBy();
});
afterEach(() => {
  cleanup();
  vi.unstubAllEnvs();
  Reflect.deleteProperty(navigator, "serviceWorker");
});

/** The page once its first run is over. */
function open() {
  const store = createStore(() => ({ runs: [{ facts: null, status: "failed" }] }));
  render(
    <SessionProvider store={store as unknown as SessionStore}>
      <UpdateNotice />
    </SessionProvider>,
  );
}

describe("a new version of the page", () => {
  test("is offered, and nothing changes before its reader takes it", async () => {
    open();
    await screen.findByText("A new version of Sightline is ready.");
    expect(told).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Reload" }));
    expect(told).toEqual(["update"]);
  });

  test("is put off by Later", async () => {
    open();
    await userEvent.click(await screen.findByRole("button", { name: "Later" }));
    expect(screen.queryByText("A new version of Sightline is ready.")).toBeNull();
    expect(told).toEqual([]);
  });
});

test("the page can be installed: its manifest names it, and its icons are there in the sizes that it says", () => {
  const manifest = JSON.parse(readFileSync("public/manifest.webmanifest", "utf8"));
  expect(readFileSync("index.html", "utf8")).toContain(
    '<link rel="manifest" href="./manifest.webmanifest" />',
  );
  expect(manifest).toMatchObject({
    short_name: "Sightline",
    start_url: "./",
    scope: "./",
    display: "standalone",
  });
  const icons = manifest.icons as readonly { src: string; sizes: string }[];
  const sizes = icons
    .filter(({ src }) => src.endsWith(".png"))
    .map(({ src, sizes: said }) => {
      const bytes = readFileSync(`public/${src}`);
      expect(said, src).toBe(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`);
      return bytes.readUInt32BE(16);
    });
  expect(sizes).toEqual(expect.arrayContaining([192, 512]));
});
