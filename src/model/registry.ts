import type { FolderFiles, UrlSource } from "./load";

/** What a model does, which decides the views that open with it. */
export type ModelKind = "causal" | "masked" | "translator" | "classifier" | "image";

/** A model that ships with Sightline. */
export interface ShippedModel {
  readonly id: string;
  /** Folder under the site's base. */
  readonly path: string;
  readonly names: { readonly en: string; readonly zh: string };
  readonly kind: ModelKind;
  readonly files: FolderFiles;
  /** Bytes transferred to load it. */
  readonly bytes: number;
  /** A sentence that shows something in this model; of a model of images a picture of 28 × 28 greys, one hexadecimal digit each. */
  readonly example: string;
}

export const SHIPPED_MODELS: readonly ShippedModel[] = [
  {
    id: "causal",
    path: "models/causal/",
    names: { en: "Causal", zh: "续写" },
    kind: "causal",
    files: { weights: "model.safetensors.gz", tokenizer: true },
    bytes: 2_967_274,
    example: "The animal didn't cross the street because it was too tired.",
  },
  {
    id: "masked",
    path: "models/masked/",
    names: { en: "Masked", zh: "完形" },
    kind: "masked",
    files: { weights: "model.safetensors.gz", tokenizer: true },
    bytes: 3_341_478,
    example: "The animal didn't cross the street because it was too tired.",
  },
  {
    id: "translator",
    path: "models/translator/",
    names: { en: "Translator", zh: "翻译" },
    kind: "translator",
    files: { weights: "model.safetensors.gz", tokenizer: true },
    bytes: 4_403_249,
    example: "I love you.",
  },
  {
    id: "sentiment",
    path: "models/sentiment/",
    names: { en: "Sentiment", zh: "情感" },
    kind: "classifier",
    files: { weights: "model.safetensors.gz", tokenizer: true },
    bytes: 2_656_732,
    example: "The food was wonderful.",
  },
  {
    id: "entities",
    path: "models/entities/",
    names: { en: "Entities", zh: "实体" },
    kind: "classifier",
    files: { weights: "model.safetensors.gz", tokenizer: true },
    bytes: 2_726_741,
    example: "Anna works in London.",
  },
  {
    id: "digits",
    path: "models/digits/",
    names: { en: "Digits", zh: "数字" },
    kind: "image",
    files: { weights: "model.safetensors.gz", tokenizer: false },
    bytes: 159_826,
    /** The drawn 3 of its samples. */
    example:
      "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000049bb94000000000000000000001bffffffb1000000000000000000cfffddfffc000000000000000006ffa2002aff700000000000000002cb000000dfc00000000000000000000000009ff0000000000000000000000000bfe0000000000000000000000006ffa00000000000000000000289bfff300000000000000000000bfffff60000000000000000000009ffffff60000000000000000000002228fff20000000000000000000000006ff80000000000000000000000000dfb0000000000000000100000000dfb000000000000000cf60000006ff8000000000000001fff820028fff20000000000000006ffffeeffff6000000000000000005cffffffc50000000000000000000058aa850000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
  },
];

/** Ids that links of earlier days hold, and the model that took the place of each. */
const RENAMED: ReadonlyMap<string, string> = new Map([["first-light", "causal"]]);

/** The id that a model has today. */
export function currentId(id: string): string {
  return RENAMED.get(id) ?? id;
}

/** A shipped model by its id, or null. */
export function shippedModel(id: string): ShippedModel | null {
  return SHIPPED_MODELS.find((model) => model.id === id) ?? null;
}

/** Where to load a shipped model from. `base`: URL of the folder that the site lies in, ending in "/". */
export function shippedSource({ id, path, files }: ShippedModel, base: string): UrlSource {
  return { kind: "url", id, url: `${base}${path}`, files };
}
