import { fstatSync, openSync, readFileSync, readSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type ByteSource, bytesSource } from "../model/byteSource";
import { failure } from "../model/errors";
import type { ModelFolder } from "../model/folder";
import { UsageError } from "./flags";

/** A model folder on disk. Weights are read tensor by tensor, straight from the file. Fails with unreadable. */
export function nodeFolder(directory: string): ModelFolder {
  const stat = guarded(directory, () => statSync(directory, { throwIfNoEntry: false }));
  if (stat === undefined) throw failure("unreadable", { file: directory, reason: "there is no such folder" });
  if (!stat.isDirectory()) throw failure("unreadable", { file: directory, reason: "it is not a folder" });
  const exists = (path: string) =>
    guarded(path, () => statSync(path, { throwIfNoEntry: false })) !== undefined;
  return {
    name: basename(directory) || directory,
    async text(file) {
      const path = join(directory, file);
      return exists(path) ? guarded(path, () => readFileSync(path, "utf8")) : null;
    },
    async bytes(file) {
      const path = join(directory, file);
      if (!exists(path)) return null;
      if (!file.endsWith(".gz")) return guarded(path, () => fileSource(file, path));
      const packed = guarded(path, () => readFileSync(path));
      try {
        return bytesSource(file, gunzipSync(packed));
      } catch {
        throw failure("unreadable", { file, reason: "its gzip data are damaged or cut short" });
      }
    },
  };
}

function fileSource(file: string, path: string): ByteSource {
  const descriptor = openSync(path, "r");
  const { size } = fstatSync(descriptor);
  return {
    file,
    size,
    read(start, end) {
      const bytes = new Uint8Array(end - start);
      let got = 0;
      while (got < bytes.length) {
        const count = guarded(path, () => readSync(descriptor, bytes, got, bytes.length - got, start + got));
        if (count === 0) throw failure("truncated", { file, expected: end, got: start + got });
        got += count;
      }
      return bytes;
    },
    release() {},
  };
}

/** Writes a file. Throws a UsageError that says why it cannot. */
export function writeOut(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${reasonOf(error)}`);
  }
}

/** Turns what the file system throws into a problem. */
export function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw failure("unreadable", { file, reason: reasonOf(error) });
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  const known: Readonly<Record<string, string>> = {
    ENOENT: "there is no such file or folder",
    EACCES: "permission denied",
    EISDIR: "it is a folder",
    ENOTDIR: "a part of its path is not a folder",
    ENOSPC: "the disk is full",
    EROFS: "the file system is read-only",
  };
  return known[code] ?? code;
}
