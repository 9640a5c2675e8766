import type { Work } from "./work";

/** A canvas as a PNG, made in a worker where the browser has what that takes. Rejects where there is none to be had. */
export async function encodePng(canvas: HTMLCanvasElement, { signal }: Work): Promise<Blob> {
  if (typeof OffscreenCanvas === "undefined") return encodeHere(canvas);
  const picture = await createImageBitmap(canvas);
  const worker = new Worker(new URL("./encode.worker.ts", import.meta.url), { type: "module" });
  const made = new Promise<Blob | null>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Blob | null>) => resolve(data);
    // What the worker could not do is tried here.
    worker.onerror = () => resolve(null);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  worker.postMessage(picture, [picture]);
  try {
    return (await made) ?? (await encodeHere(canvas));
  } finally {
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
