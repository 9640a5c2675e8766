import type { Trace } from "../engine/trace";
import { readTrace } from "../model/traceFile";

/** The stored trace of a model's first example, to paint while the worker loads; null where it cannot be had. */
export async function storedExample(model: string, base: string): Promise<Trace | null> {
  try {
    const response = await fetch(new URL(`models/${model}/example.trace`, base));
    if (!response.ok) return null;
    return readTrace(new Uint8Array(await response.arrayBuffer()), "example.trace");
  } catch {
    return null;
  }
}
