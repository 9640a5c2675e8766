import { blobSource } from "./byteSource";
import { failure } from "./errors";
import type { Listener, ModelFolder } from "./folder";
import { readStream } from "./stream";

/** Files that were picked or dropped, read where they are. */
export function filesFolder(name: string, files: readonly File[]): ModelFolder {
  const find = (file: string) => files.find((candidate) => candidate.name === file);
  return {
    name,
    async text(file, listener) {
      const found = find(file);
      return found === undefined ? null : readable(file, listener, () => found.text());
    },
    async bytes(file, listener) {
      const found = find(file);
      if (found === undefined) return null;
      listener.onProgress?.({ loaded: 0, total: found.size });
      // Nothing of a plain file is read before its weights are packed, which tells how far it has come.
      if (!file.endsWith(".gz")) return readable(file, listener, () => blobSource(file, found));
      const source = await readable(file, listener, () =>
        readStream(file, found.stream(), found.size, listener),
      );
      listener.onProgress?.({ loaded: found.size, total: found.size });
      return source;
    },
  };
}

/** A file that vanished or may not be read is a problem of the file. */
async function readable<T>(file: string, { signal }: Listener, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted) throw failure("aborted", {});
    if (error instanceof DOMException) throw failure("unreadable", { file, reason: error.message });
    throw error;
  }
}
