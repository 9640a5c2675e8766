import { describe, expect, test } from "vitest";
import { collected, type Work } from "../../src/export/work";

function work(signal = new AbortController().signal): Work {
  return { signal, report: () => undefined };
}

/** Pieces of which each takes longer than a job may keep the page. */
function* slow(count: number, made: string[]): Generator<string> {
  for (let at = 0; at < count; at++) {
    for (const from = performance.now(); performance.now() - from < 30; );
    made.push(String(at));
    yield String(at);
  }
}

describe("a file of many pieces", () => {
  test("is all of them, in their order", async () => {
    const blob = await collected(slow(4, []), "text/plain", work());
    expect(await blob.text()).toBe("0123");
    expect(blob.type).toBe("text/plain");
  });

  test("lets other tasks run between two pieces", async () => {
    const made: string[] = [];
    const whole = collected(slow(4, made), "text/plain", work());
    await new Promise((resolve) => setTimeout(resolve));
    expect(made.length).toBeLessThan(4);
    await whole;
  });

  test("is made no further once its reader has ended it", async () => {
    const end = new AbortController();
    const made: string[] = [];
    const whole = collected(slow(1000, made), "text/plain", work(end.signal));
    end.abort();
    await expect(whole).rejects.toThrow();
    expect(made.length).toBeLessThan(3);
  });
});
