import { afterEach, describe, expect, test, vi } from "vitest";
import { encodePng } from "../../src/export/encodePng";

afterEach(() => vi.unstubAllGlobals());

const here = new Blob(["made here"], { type: "image/png" });
const canvas = { toBlob: (done: (blob: Blob) => void) => done(here) } as unknown as HTMLCanvasElement;

/** A worker that answers, by what it is told to do once it has the picture. */
function stubWorker(answer: (worker: Worker) => void): void {
  vi.stubGlobal(
    "Worker",
    class {
      postMessage() {
        answer(this as unknown as Worker);
      }
      terminate() {}
    },
  );
  vi.stubGlobal("createImageBitmap", async () => ({}));
}

function work(signal = new AbortController().signal) {
  return { signal, report: () => undefined };
}

describe("a picture as PNG", () => {
  test("is the worker's where it can", async () => {
    const aside = new Blob(["made aside"]);
    stubWorker((worker) => worker.onmessage?.({ data: aside } as MessageEvent));
    expect(await encodePng(canvas, work())).toBe(aside);
  });

  test("is made here where the browser refuses a worker, or the worker fails", async () => {
    vi.stubGlobal(
      "Worker",
      class {
        constructor() {
          throw new DOMException("refused", "SecurityError");
        }
      },
    );
    expect(await encodePng(canvas, work())).toBe(here);
    stubWorker((worker) => worker.onerror?.({} as ErrorEvent));
    expect(await encodePng(canvas, work())).toBe(here);
  });

  test("is not made at all once nobody waits for it", async () => {
    const end = new AbortController();
    stubWorker(() => end.abort(new Error("cancelled")));
    await expect(encodePng(canvas, work(end.signal))).rejects.toThrow("cancelled");
  });
});
