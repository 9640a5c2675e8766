// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { Followed } from "../../src/store/Followed";
import { SessionProvider } from "../../src/store/SessionContext";
import { createSession } from "../../src/store/session";
import { heldEngine } from "../support/engine";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("a figure out of sight says so, for what is only worth drawing where it is seen", () => {
  let report: (entries: { isIntersecting: boolean }[]) => void = () => {};
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(listener: typeof report) {
        report = listener;
      }
      observe() {}
      disconnect() {}
    },
  );
  const session = createSession(heldEngine(), {
    runs: [{ source: { kind: "text", model: "small", text: "one two" }, edits: [], seed: 1 }],
  });
  render(
    <SessionProvider store={session}>
      <Followed aria-label="Figure" role="group" />
    </SessionProvider>,
  );
  const isUnseen = () => screen.getByRole("group").hasAttribute("data-unseen");
  expect(isUnseen()).toBe(false);
  act(() => report([{ isIntersecting: false }]));
  expect(isUnseen()).toBe(true);
  act(() => report([{ isIntersecting: true }]));
  expect(isUnseen()).toBe(false);
});
