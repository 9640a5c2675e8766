import type { Buf } from "./kernels";
import type { WasmMemory } from "./webAssembly";

const PAGE = 65536;
/** Room behind each block: vectors at the end of a buffer may read a little past it. */
const GUARD = 64;
/** The kernels' own scratch lies below. */
const BASE = 1024;

/** A range of a WebAssembly memory. The view is made again when the memory has grown and detached the old one. */
export class WasmBuf implements Buf {
  readonly address: number;
  readonly length: number;
  private readonly memory: WasmMemory;
  private view: Float32Array | null = null;

  constructor(memory: WasmMemory, address: number, length: number) {
    this.memory = memory;
    this.address = address;
    this.length = length;
  }

  get data(): Float32Array {
    if (this.view === null || this.view.buffer !== this.memory.buffer) {
      this.view = new Float32Array(this.memory.buffer, this.address, this.length);
    }
    return this.view;
  }
}

interface Block {
  readonly start: number;
  readonly end: number;
}

/**
 * A bump allocator over blocks of a growing memory: `mark` and `release` give back all that came after. Of an arena that is
 * never released, single buffers can be given back instead; they serve the next ones of their size.
 */
export class Arena {
  private readonly blocks: Block[] = [];
  private readonly freed = new Map<number, number[]>();
  private readonly memory: WasmMemory;
  private readonly blockBytes: number;
  private index = -1;
  private top = 0;

  constructor(memory: WasmMemory, blockBytes: number) {
    this.memory = memory;
    this.blockBytes = blockBytes;
  }

  alloc(length: number): WasmBuf {
    const bytes = roomFor(length);
    const again = this.freed.get(bytes)?.pop();
    if (again !== undefined) return new WasmBuf(this.memory, again, length);
    while (this.index < 0 || this.top + bytes > (this.blocks[this.index]?.end ?? 0)) {
      this.index += 1;
      if (this.index === this.blocks.length)
        this.blocks.push(grow(this.memory, Math.max(bytes, this.blockBytes)));
      this.top = this.blocks[this.index]?.start ?? 0;
    }
    const buf = new WasmBuf(this.memory, this.top, length);
    this.top += bytes;
    return buf;
  }

  free(buf: WasmBuf): void {
    const bytes = roomFor(buf.length);
    const freed = this.freed.get(bytes);
    if (freed === undefined) this.freed.set(bytes, [buf.address]);
    else freed.push(buf.address);
  }

  /** A point to return to: the block and the byte in it, in one number. */
  mark(): number {
    return this.index < 0 ? 0 : (this.index + 1) * 2 ** 33 + this.top;
  }

  release(mark: number): void {
    this.index = Math.floor(mark / 2 ** 33) - 1;
    this.top = mark % 2 ** 33;
  }
}

/** Bytes of so many floats, up to the next vector. */
function roomFor(length: number): number {
  return (length * 4 + 15) & ~15;
}

/** Appends a block of at least `bytes` to the memory. Throws a RangeError when the browser has no more to give. */
function grow(memory: WasmMemory, bytes: number): Block {
  const before = memory.buffer.byteLength;
  const pages = Math.ceil((bytes + GUARD + BASE) / PAGE);
  try {
    memory.grow(pages);
  } catch {
    throw new RangeError(
      `out of memory: ${Math.round(bytes / 2 ** 20)} MB more were asked for beside ${Math.round(before / 2 ** 20)} MB; use a smaller model or a shorter text`,
    );
  }
  return { start: before === 0 ? BASE : before, end: memory.buffer.byteLength - GUARD };
}
