import { createHandler } from "./handler";
import { createLibrary } from "./library";
import { loadModel } from "./loadModel";
import type { Ask, Tell } from "./protocol";

/** The part of a worker's global scope that is used here. */
interface Scope {
  onmessage: ((event: MessageEvent<Ask>) => void) | null;
  postMessage(message: Tell, transfer: ArrayBuffer[]): void;
}

const scope = globalThis as unknown as Scope;
const handle = createHandler(createLibrary(loadModel), (message, transfer) =>
  scope.postMessage(message, transfer),
);
scope.onmessage = (event) => handle(event.data);
