import type { Language } from "../i18n/language";
import { SHIPPED_MODELS, type ShippedModel } from "../model/registry";

/** The models that ship, with their names in every language, in the order that the page offers them; the first one is shown first. */
export const MODELS: readonly (ShippedModel & { readonly names: Readonly<Record<Language, string>> })[] =
  SHIPPED_MODELS;

/** Id of the model of a first visit. */
export const FIRST_MODEL = MODELS[0]?.id ?? "";

/** Id of the model that reads drawn digits. */
export const IMAGE_MODEL = "digits";
