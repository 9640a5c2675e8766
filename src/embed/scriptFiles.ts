import { failure } from "../model/errors";

/** Files of a folder by name, in base64. */
type Packed = Readonly<Record<string, string>>;

declare global {
  interface Window {
    /** What a file of files calls: its own name and its contents. */
    sightlineFiles?: (name: string, files: Packed) => void;
  }
}

const arrived = new Map<string, Packed>();

/**
 * Makes the one function that files of files call: scripts need no permission of their host to be read, as fetch does.
 * What a page that works alone brings with it is there at once.
 */
export function receiveFiles(): void {
  const own = document.getElementById("sightline-files")?.textContent;
  if (own) for (const [name, files] of Object.entries(JSON.parse(own))) arrived.set(name, files as Packed);
  window.sightlineFiles = (name, files) => void arrived.set(name, files);
}

/** The files that `{url}.js` brings, or that the page brought itself under that name. Fails with network. */
export async function scriptFiles(name: string, url: string): Promise<readonly File[]> {
  if (!arrived.has(name)) await loadScript(url);
  const packed = arrived.get(name);
  if (packed === undefined) throw failure("network", { status: 0, path: new URL(url).pathname });
  return Object.entries(packed).map(([file, base64]) => new File([bytesOf(base64)], file));
}

/** Whether files came with the page itself. */
export function hasFiles(name: string): boolean {
  return arrived.has(name);
}

function loadScript(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve();
    script.onerror = () => reject(failure("network", { status: 0, path: new URL(url).pathname }));
    document.head.append(script);
  });
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  return Uint8Array.from({ length: binary.length }, (_, at) => binary.charCodeAt(at));
}
