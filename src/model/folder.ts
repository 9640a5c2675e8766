import type { ByteSource } from "./byteSource";

/** Bytes read so far; `total` null where nobody says. */
export interface Progress {
  readonly loaded: number;
  readonly total: number | null;
}

export interface Listener {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** A model folder wherever it lies: behind a URL, among picked files, on a disk. */
export interface ModelFolder {
  /** What messages call it. */
  readonly name: string;
  /** Content of a text file, or null where the folder has none of that name. */
  text(file: string, listener: Listener): Promise<string | null>;
  /** Bytes of a file, unpacked if its name ends in .gz, or null where the folder has none of that name. */
  bytes(file: string, listener: Listener): Promise<ByteSource | null>;
}
