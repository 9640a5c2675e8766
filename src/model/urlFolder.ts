import { failure } from "./errors";
import type { Listener, ModelFolder } from "./folder";
import { readStream } from "./stream";

/** A folder behind a URL; the only code that uses the network. Fails with network or aborted. */
export function urlFolder(url: string): ModelFolder {
  const base = url.endsWith("/") ? url : `${url}/`;
  return {
    name: pathOf(base),
    async text(file, listener) {
      const response = await request(`${base}${file}`, listener);
      return response === null ? null : guarded(listener, pathOf(`${base}${file}`), () => response.text());
    },
    async bytes(file, listener) {
      const path = pathOf(`${base}${file}`);
      const response = await request(`${base}${file}`, listener);
      if (response === null || response.body === null) return null;
      const { body } = response;
      return guarded(listener, path, () => readStream(file, body, lengthOf(response), listener));
    },
  };
}

/** The response, or null where there is no such file (hosts of single-page apps answer with a page of HTML instead of 404). */
async function request(url: string, listener: Listener): Promise<Response | null> {
  const path = pathOf(url);
  const init = listener.signal === undefined ? {} : { signal: listener.signal };
  const response = await guarded(listener, path, () => fetch(url, init));
  if (response.status === 404) return null;
  if (!response.ok) throw failure("network", { status: response.status, path });
  return response.headers.get("content-type")?.startsWith("text/html") ? null : response;
}

/** Turns what fetch throws into a problem. */
async function guarded<T>(listener: Listener, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (listener.signal?.aborted) throw failure("aborted", {});
    if (error instanceof TypeError) throw failure("network", { status: 0, path });
    throw error;
  }
}

/** Bytes on the wire, where the header counts what we will see. */
function lengthOf(response: Response): number | null {
  const length = Number(response.headers.get("content-length"));
  return length > 0 && !response.headers.has("content-encoding") ? length : null;
}

function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]*/i, "").replace(/[?#].*$/, "");
}
