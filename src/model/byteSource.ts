import { failure } from "./errors";

/** Bytes that are read piece by piece: a buffer, a file on disk, or the chunks of a download. */
export interface ByteSource {
  readonly file: string;
  /** Total number of bytes. */
  readonly size: number;
  /** Bytes start…end; may be a view. Fails with `truncated` beyond the end. */
  read(start: number, end: number): Uint8Array;
  /** Says that these bytes will not be read again, so that their memory can be given back. */
  release(start: number, end: number): void;
}

/** A buffer in memory; reads are views. */
export function bytesSource(file: string, bytes: Uint8Array): ByteSource {
  return {
    file,
    size: bytes.length,
    read(start, end) {
      checkEnd(file, end, bytes.length);
      return bytes.subarray(start, end);
    },
    release() {},
  };
}

/** FileReaderSync, which only workers have. */
declare const FileReaderSync: undefined | (new () => { readAsArrayBuffer(blob: Blob): ArrayBuffer });

/** Whether slices of blobs can be read here one by one: in workers of browsers. */
export function canSliceBlobs(): boolean {
  return typeof FileReaderSync !== "undefined";
}

/**
 * A File or Blob. In a worker only the slice that is asked for is brought into memory; elsewhere, where no
 * synchronous read exists, the whole file is.
 */
export async function blobSource(file: string, blob: Blob): Promise<ByteSource> {
  if (typeof FileReaderSync === "undefined") {
    return bytesSource(file, new Uint8Array(await blob.arrayBuffer()));
  }
  const reader = new FileReaderSync();
  return {
    file,
    size: blob.size,
    read(start, end) {
      checkEnd(file, end, blob.size);
      return new Uint8Array(reader.readAsArrayBuffer(blob.slice(start, end)));
    },
    release() {},
  };
}

/**
 * The chunks of a download, in order. A chunk is forgotten once all of its bytes are released, so that a large file
 * gives back its memory while its tensors are packed.
 */
export function chunksSource(file: string, chunks: readonly Uint8Array[]): ByteSource {
  let size = 0;
  const held = chunks.map((bytes) => {
    const start = size;
    size += bytes.length;
    return { start, end: size, bytes: bytes as Uint8Array | null, unreleased: bytes.length };
  });
  return {
    file,
    size,
    read(start, end) {
      checkEnd(file, end, size);
      const parts = held.filter((chunk) => chunk.start < end && chunk.end > start);
      const pieces = parts.map((chunk) => {
        if (chunk.bytes === null) throw new RangeError(`bytes ${start}…${end} of ${file} were released`);
        return chunk.bytes.subarray(Math.max(start - chunk.start, 0), end - chunk.start);
      });
      const [only] = pieces;
      if (only !== undefined && pieces.length === 1) return only;
      const out = new Uint8Array(end - start);
      let offset = 0;
      for (const piece of pieces) {
        out.set(piece, offset);
        offset += piece.length;
      }
      return out;
    },
    release(start, end) {
      for (const chunk of held) {
        chunk.unreleased -= Math.max(0, Math.min(end, chunk.end) - Math.max(start, chunk.start));
        if (chunk.unreleased <= 0) chunk.bytes = null;
      }
    },
  };
}

function checkEnd(file: string, end: number, size: number): void {
  if (end > size) throw failure("truncated", { file, expected: end, got: size });
}
