/** A sentence to begin with, and the two words (UTF-16 offsets) whose attention is worth a first look. */
export interface Example {
  readonly id: string;
  readonly lang: "en" | "zh-Hans";
  readonly text: string;
  /** Short form for the button; the text itself where it is short. */
  readonly label: string;
  readonly pair: { readonly query: number; readonly key: number } | null;
}

const TIRED = "The animal didn't cross the street because it was too tired.";
const WIDE = "The animal didn't cross the street because it was too wide.";
const CHICKEN = "The chicken crossed the road carelessly.";
const RESTAURANT =
  "The restaurant refused to serve me a ham sandwich because it only cooks vegetarian food. In the end, they just gave me two slices of bread. Their ambiance was just as good as the food and service.";

/** Examples of the sources that Sightline explains. */
export const EXAMPLES: readonly Example[] = [
  example("tired", TIRED, "… too tired", ["it was", "animal"]),
  example("wide", WIDE, "… too wide", ["it was", "street"]),
  example("chicken", CHICKEN, "The chicken crossed …", ["crossed", "chicken"]),
  example("restaurant", RESTAURANT, "The restaurant refused …", ["it only", "restaurant"]),
];

/** The sentence of the first visit. */
export const FIRST_EXAMPLE: Example = example("tired", TIRED, "… too tired", ["it was", "animal"]);

function example(id: string, text: string, label: string, [query, key]: [string, string]): Example {
  return { id, lang: "en", text, label, pair: { query: text.indexOf(query), key: text.indexOf(key) } };
}
