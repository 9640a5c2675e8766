import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Progress } from "../../src/model/folder";
import { readStream } from "../../src/model/stream";
import { problemOfAsync } from "./support/problems";

/** Bytes that repeat only after a long time. */
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 2654435761) >>> 13);

const streamOf = (bytes: Uint8Array<ArrayBuffer>, step: number) =>
  new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += step) controller.enqueue(bytes.slice(at, at + step));
      controller.close();
    },
  });

afterEach(() => vi.unstubAllGlobals());

describe("a stream of bytes", () => {
  it.each([
    ["nothing", 0, 10],
    ["less than a block", 1000, 7],
    ["several blocks", 10_000_000, 999_983],
  ])("of %s is read whole, plain and gzipped", async (_, length, step) => {
    const bytes = bytesOf(length);
    const plain = await readStream("f", streamOf(bytes, step), null, {});
    expect(Buffer.compare(plain.read(0, plain.size), bytes)).toBe(0);
    const packed = Uint8Array.from(gzipSync(bytes, { level: 1 }));
    const seen: Progress[] = [];
    const source = await readStream("f", streamOf(packed, step), packed.length, {
      onProgress: (p) => seen.push(p),
    });
    expect(Buffer.compare(source.read(0, source.size), bytes)).toBe(0);
    expect(seen.at(-1)).toEqual({ loaded: packed.length, total: packed.length });
  });

  it("that is large is left to the browser where a worker can read slices of blobs", async () => {
    const read = vi.fn((_: Blob) => Uint8Array.of(1, 2).buffer);
    vi.stubGlobal(
      "FileReaderSync",
      class {
        readAsArrayBuffer = read;
      },
    );
    const source = await readStream("f", streamOf(new Uint8Array(70_000_000), 1_000_000), null, {});
    expect(source.size).toBe(70_000_000);
    expect(source.read(5, 7)).toEqual(Uint8Array.of(1, 2));
    expect(read.mock.calls.map(([blob]) => blob.size)).toEqual([2]);
  });

  it("that breaks off fails with its own error, not with one about its gzip data", async () => {
    const packed = Uint8Array.from(gzipSync(bytesOf(1000)));
    let pulls = 0;
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        if (pulls++ === 0) controller.enqueue(packed.slice(0, 50));
        else controller.error(new TypeError("terminated"));
      },
    });
    await expect(readStream("f", stream, null, {})).rejects.toThrow("terminated");
  });

  it("whose gzip data are damaged says so", async () => {
    const packed = Uint8Array.from(gzipSync(bytesOf(1000)));
    packed.fill(7, 20, 40);
    expect(await problemOfAsync(() => readStream("f", streamOf(packed, 100), null, {}))).toMatchObject({
      code: "unreadable",
      params: { file: "f" },
    });
  });
});
