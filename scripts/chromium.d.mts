/** Path of a Chromium on this machine, or null. */
export function findChromium(): string | null;
/** Path of a Chromium, installing one where there is none. Throws, saying what was tried, where that fails. */
export function needChromium(): string;
