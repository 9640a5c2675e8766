import { SHIPPED_MODELS } from "../model/registry";

/** The models that ship, in the order that the page offers them; the first one is shown first. */
export const MODELS = SHIPPED_MODELS;

/** Id of the model of a first visit. */
export const FIRST_MODEL = MODELS[0]?.id ?? "";

/** Id of the model that reads drawn digits. */
export const IMAGE_MODEL = "digits";
