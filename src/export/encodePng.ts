import type { Work } from "./work";

/** A canvas as a PNG, made in a worker where the browser has what that takes, else here. Rejects where there is none to be had. */
export async function encodePng(canvas: HTMLCanvasElement, { signal }: Work): Promise<Blob> {
  const aside = await encodeAside(canvas, signal).catch(() => null);
  signal.throwIfAborted();
  return aside ?? encodeHere(canvas);
}

/** Null where the worker could not; rejects where there is no worker, and once nobody waits. */
async function encodeAside(canvas: HTMLCanvasElement, signal: AbortSignal): Promise<Blob | null> {
  const worker = new Worker(new URL("./encode.worker.ts", import.meta.url), { type: "module" });
  const waiting = new AbortController();
  try {
    const picture = await createImageBitmap(canvas);
    return await new Promise<Blob | null>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Blob | null>) => resolve(data);
      worker.onerror = () => resolve(null);
      signal.addEventListener("abort", () => reject(signal.reason), { signal: waiting.signal });
      worker.postMessage(picture, [picture]);
    });
  } finally {
    waiting.abort();
    worker.terminate();
  }
}

function encodeHere(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error("the picture is too large")) : resolve(blob)),
      "image/png",
    );
  });
}
