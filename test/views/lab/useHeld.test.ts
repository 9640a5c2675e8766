import { expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import type { SessionState, SessionStore } from "../../../src/store/session";
import { hold } from "../../../src/views/lab/useHeld";

/** A store that stands for a session: what is held is the same whatever it says. */
function counter() {
  const store = createStore<{ count: number }>()(() => ({ count: 0 }));
  const held = hold(store as unknown as SessionStore);
  const heard: number[] = [];
  const countOf = (state: SessionState) => (state as unknown as { count: number }).count;
  const stop = held.store.subscribe((state) => heard.push(countOf(state)));
  return {
    set: (count: number) => store.setState({ count }),
    read: () => countOf(held.store.getState()),
    held,
    heard,
    stop,
  };
}

test("a card that cannot be seen reads the session as it was, and catches up once when it can", () => {
  const { set, read, held, heard } = counter();
  set(1);
  held.setActive(false);
  set(2);
  set(3);
  expect([read(), heard]).toEqual([1, [1]]);
  held.setActive(true);
  expect([read(), heard]).toEqual([3, [1, 3]]);
  set(4);
  expect([read(), heard]).toEqual([4, [1, 3, 4]]);
});

test("what did not change meanwhile is not told, and who has left hears nothing", () => {
  const { set, held, heard, stop } = counter();
  held.setActive(false);
  held.setActive(true);
  expect(heard).toEqual([]);
  stop();
  set(1);
  expect(heard).toEqual([]);
});
