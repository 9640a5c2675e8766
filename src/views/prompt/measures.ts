/** How a measured value is said: a share of 1, a plain number, or a head with its share. */
type As = "share" | "number" | "head";

/** One line of a model's card: what it says, and where evaluation.json holds it. */
interface Measure {
  readonly id: keyof typeof LABELS;
  readonly at: readonly string[];
  readonly as: As;
}

/** A value of a card, read and checked. */
export type Measured = { readonly id: Measure["id"] } & (
  | { readonly as: "share" | "number"; readonly value: number }
  | { readonly as: "head"; readonly layer: number; readonly head: number; readonly value: number }
);

/** Every label that a card can have, so that each has a message. */
const LABELS = {
  lossPerToken: true,
  lossPerByte: true,
  previous: true,
  induction: true,
  guessed: true,
  guessedOfFive: true,
  resolvePairs: true,
  resolveTemplates: true,
  resolveHead: true,
  winograd: true,
  nextSentence: true,
  chineseChrf: true,
  frenchChrf: true,
  aligned: true,
  digits: true,
  mood: true,
  names: true,
  wholeNames: true,
} as const;

const measure = (id: Measure["id"], as: As, path: string): Measure => ({ id, as, at: path.split(".") });

/** What the card of each shipped model tells first; the whole of it is in its card.md and evaluation.json. */
const MEASURES: Readonly<Record<string, readonly Measure[]>> = {
  causal: [
    measure("lossPerToken", "number", "loss.all.loss_per_token"),
    measure("lossPerByte", "number", "loss.all.loss_per_byte"),
    measure("previous", "head", "best_heads.previous"),
    measure("induction", "head", "best_heads.induction"),
  ],
  masked: [
    measure("guessed", "share", "masked_words.sentences.top_1.value"),
    measure("guessedOfFive", "share", "masked_words.sentences.top_5.value"),
    measure("resolvePairs", "share", "resolve.en_held_out_pairs.accuracy.value"),
    measure("resolveTemplates", "share", "resolve.en_held_out_templates.accuracy.value"),
    measure("resolveHead", "share", "resolve.en_held_out_pairs.shown_head_accuracy.value"),
    measure("winograd", "share", "other_sets.wsc_en.accuracy.value"),
    measure("nextSentence", "share", "next_sentence.value"),
  ],
  translator: [
    measure("chineseChrf", "number", "languages.zh.beams.chrf"),
    measure("frenchChrf", "number", "languages.fr.beams.chrf"),
    measure("aligned", "share", "alignment.best_head.of_all_written"),
  ],
  digits: [measure("digits", "share", "accuracy")],
  sentiment: [measure("mood", "share", "held_out_templates.accuracy.value")],
  entities: [
    measure("names", "share", "held_out_templates.tokens.value"),
    measure("wholeNames", "share", "held_out_templates.whole_sentences.value"),
  ],
};

/** The lines that a model's card promises. */
export function promisedOf(model: string): readonly Measure[] {
  return Object.hasOwn(MEASURES, model) ? (MEASURES[model] ?? []) : [];
}

/** The lines of a model's card, from its evaluation; what the evaluation does not say has no line. */
export function measuredOf(model: string, evaluation: unknown): readonly Measured[] {
  return promisedOf(model).flatMap(({ id, at, as }): Measured[] => {
    const found = at.reduce(entry, evaluation);
    if (as !== "head") return typeof found === "number" ? [{ id, as, value: found }] : [];
    const [layer, head, value] = ["layer", "head", "score"].map((key) => entry(found, key));
    return typeof layer === "number" && typeof head === "number" && typeof value === "number"
      ? [{ id, as, layer, head, value }]
      : [];
  });
}

function entry(from: unknown, key: string): unknown {
  return typeof from === "object" && from !== null && Object.hasOwn(from, key)
    ? (from as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
