import type { Decoding } from "../worker/decoding";

/** How text is written while nobody has chosen otherwise. */
export const FIRST_DECODING: Decoding = { strategy: "beam", beams: 3, lengthPenalty: 1, maxTokens: 12 };
