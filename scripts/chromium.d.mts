/** How a Chromium is started without a graphics card, a network of its own, or first questions. */
export const CHROMIUM_ARGS: readonly string[];
/** Path of a Chromium on this machine, or null. */
export function findChromium(): string | null;
/** Path of a Chromium, installing one where there is none. Throws, saying what was tried, where that fails. */
export function needChromium(): string;
