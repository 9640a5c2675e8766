/** The models that ship, by id (the folder in `models/`); the first one is shown first. */
export const MODELS = ["first-light"] as const;

export type ModelId = (typeof MODELS)[number];
