import { failure } from "../model/errors";

declare global {
  interface Window {
    /** What the script of a file calls: the file's path below `models/`, and its bytes in base64. */
    sightlineFile?: (path: string, base64: string) => void;
  }
}

const arrived = new Map<string, string>();

/**
 * Makes the one function that the scripts of files call: scripts need no permission of their host to be read, as fetch does.
 * What a page that works alone brings with it is there at once.
 */
export function receiveFiles(): void {
  const own = document.getElementById("sightline-files")?.textContent;
  if (own) for (const [path, base64] of Object.entries(JSON.parse(own))) arrived.set(path, String(base64));
  window.sightlineFile = (path, base64) => void arrived.set(path, base64);
}

/** A file of a model by its address, read from the script `{url}.js` beside it. Fails with network. */
export async function scriptFile(url: string): Promise<File> {
  const [, path = ""] = /\/models\/([^?#]+)$/.exec(url) ?? [];
  await loadScript(`${url}.js`);
  const file = ownFile(path);
  if (file === null) throw failure("network", { status: 0, path: new URL(url).pathname });
  // Whoever asked has it now; a text of megabytes is not kept beside it.
  arrived.delete(path);
  return file;
}

/** A file that has come, or that the page brought itself; else null. */
export function ownFile(path: string): File | null {
  const base64 = arrived.get(path);
  return base64 === undefined ? null : new File([bytesOf(base64)], path.split("/").at(-1) ?? path);
}

/** The trace that a page brings itself which works alone. */
export const OWN_TRACE = "trace.safetensors";

/** What the outcomes of its model are called, as JSON. */
export const OWN_VOCABULARY = "vocabulary.json";

/** Whether the page works alone. */
export function hasOwnTrace(): boolean {
  return arrived.has(OWN_TRACE);
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
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
