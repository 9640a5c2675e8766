import { type ByteSource, chunksSource } from "./byteSource";
import { failure, ModelError } from "./errors";
import type { Listener } from "./folder";

/**
 * Reads a stream to its end, unpacking it if it begins as gzip does (some hosts unpack .gz files on the way, some do
 * not). Progress counts the bytes as they arrive. Fails with unreadable when the gzip data are damaged.
 */
export async function readStream(
  file: string,
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  total: number | null,
  { signal, onProgress }: Listener,
): Promise<ByteSource> {
  let loaded = 0;
  const counted = stream.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        signal?.throwIfAborted();
        loaded += chunk.length;
        onProgress?.({ loaded, total });
        controller.enqueue(chunk);
      },
    }),
  );
  const reader = counted.getReader();
  const first = await reader.read();
  const packed = !first.done && first.value[0] === 0x1f && first.value[1] === 0x8b;
  const whole = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      if (first.done) controller.close();
      else controller.enqueue(first.value);
    },
    async pull(controller) {
      const next = await reader.read();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  if (!packed) return chunksSource(file, await chunksOf(whole));
  try {
    return chunksSource(file, await chunksOf(whole.pipeThrough(new DecompressionStream("gzip"))));
  } catch (error) {
    if (signal?.aborted || error instanceof ModelError) throw error;
    throw failure("unreadable", { file, reason: "its gzip data are damaged or cut short" });
  }
}

async function chunksOf(stream: ReadableStream<Uint8Array>): Promise<readonly Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
  return chunks;
}
