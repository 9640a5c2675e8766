/** Waits for the next task of the event loop, so that messages that have come are read first. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
