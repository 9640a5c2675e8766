import type { Pair } from "../../store/follow";

/** A sentence to try. */
export interface Example {
  readonly id: string;
  readonly lang: "en" | "zh-Hans";
  readonly text: string;
  /** Short form for the button. */
  readonly label: string;
  /** The beginnings of the query and the key whose attention is worth a first look. */
  readonly words: readonly [query: string, key: string];
}

const TIRED: Example = {
  id: "tired",
  lang: "en",
  text: "The animal didn't cross the street because it was too tired.",
  label: "… too tired",
  words: ["it was", "animal"],
};
const WIDE: Example = {
  id: "wide",
  lang: "en",
  text: "The animal didn't cross the street because it was too wide.",
  label: "… too wide",
  words: ["it was", "street"],
};

/** Examples of the sources that Sightline explains; the first one is the sentence of the first visit. */
export const EXAMPLES: readonly [Example, ...Example[]] = [
  TIRED,
  WIDE,
  {
    id: "chicken",
    lang: "en",
    text: "The chicken crossed the road carelessly.",
    label: "The chicken …",
    words: ["crossed", "chicken"],
  },
  {
    id: "restaurant",
    lang: "en",
    text: "The restaurant refused to serve me a ham sandwich because it only cooks vegetarian food. In the end, they just gave me two slices of bread. Their ambiance was just as good as the food and service.",
    label: "The restaurant …",
    words: ["it only", "restaurant"],
  },
  {
    id: "animal-zh",
    lang: "zh-Hans",
    text: "动物没有过街，因为它太累了。",
    label: "动物没有过街",
    words: ["它", "动物"],
  },
];

/** Examples for what a model was made for, by its id; every other model takes EXAMPLES. */
const FOR_MODEL: Readonly<Record<string, readonly Example[]>> = {
  translator: [
    { ...short("love", "I love you."), words: ["love", "you"] },
    { ...short("library", "Where is the library?"), words: ["library", "Where"] },
    { ...short("book", "She is reading a book."), words: ["reading", "book"] },
    TIRED,
  ],
  sentiment: [
    { ...short("food", "The food was wonderful."), words: [".", "wonderful"] },
    { ...short("cold", "The service was slow and the food was cold."), words: [".", "slow"] },
    { ...short("not", "The film was not bad at all."), words: ["bad", "not"] },
  ],
  entities: [
    { ...short("anna", "Anna works in London."), words: ["London", "in"] },
    { ...short("nations", "The United Nations met in Geneva in May."), words: ["Nations", "United"] },
    { ...short("paris", "Paris Hilton stayed at the Hilton in Paris."), words: ["Hilton", "Paris"] },
  ],
};

/** The examples that suit a model. */
export function examplesOf(model: string): readonly Example[] {
  return FOR_MODEL[model] ?? EXAMPLES;
}

export const FIRST_EXAMPLE: Example = EXAMPLES[0];

/** Where the two words of an example begin. */
export function pairOf({ text, words: [query, key] }: Example): Pair {
  return { query: text.indexOf(query), key: text.indexOf(key) };
}

/** A sentence that is its own name. */
function short(id: string, text: string): Omit<Example, "words"> {
  return { id, lang: "en", text, label: text };
}
