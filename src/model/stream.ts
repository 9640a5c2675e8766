import { type ByteSource, blobSource, canSliceBlobs, chunksSource } from "./byteSource";
import { failure } from "./errors";
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
  const lost: unknown[] = [];
  const packed = !first.done && first.value[0] === 0x1f && first.value[1] === 0x8b;
  const whole = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      if (first.done) controller.close();
      else controller.enqueue(first.value);
    },
    async pull(controller) {
      const next = await reader.read().catch((error: unknown) => {
        lost.push(error);
        throw error;
      });
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  if (!packed) return collected(file, whole);
  try {
    return await collected(file, whole.pipeThrough(new DecompressionStream("gzip")));
  } catch (error) {
    if (lost.length > 0) throw lost[0];
    if (signal?.aborted) throw error;
    throw failure("unreadable", { file, reason: "its gzip data are damaged or cut short" });
  }
}

/** Bytes are kept in blocks of this size, so that each is given back to the system as a whole. */
const BLOCK = 4 * 2 ** 20;

/** Downloads from this size on are left to the browser, which keeps large blobs outside the page, on disk if need be. */
const LARGE = 64 * 2 ** 20;

async function collected(file: string, stream: ReadableStream<Uint8Array>): Promise<ByteSource> {
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  const blobs: Blob[] = [];
  let block = new Uint8Array(BLOCK);
  let filled = 0;
  const close = () => {
    blocks.push(block.subarray(0, filled));
    if (canSliceBlobs() && (blobs.length > 0 || blocks.length * BLOCK >= LARGE)) {
      blobs.push(new Blob(blocks.splice(0)));
    }
    block = new Uint8Array(BLOCK);
    filled = 0;
  };
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    for (let from = 0; from < next.value.length; ) {
      const piece = next.value.subarray(from, from + BLOCK - filled);
      block.set(piece, filled);
      filled += piece.length;
      from += piece.length;
      if (filled === BLOCK) close();
    }
  }
  blocks.push(block.slice(0, filled));
  return blobs.length > 0 ? blobSource(file, new Blob([...blobs, ...blocks])) : chunksSource(file, blocks);
}
