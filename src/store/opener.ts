import { ModelError } from "../model/errors";
import { shippedModel } from "../model/registry";
import { readAnyTrace } from "../model/traceFile";
import type { Engine, Listening, ModelFacts, Outcome } from "../worker/engine";
import { failureOf } from "../worker/failure";
import { FIRST_MODEL } from "./models";
import { pickedFiles } from "./pickedFiles";
import { BLANK, firstPicture } from "./picture";
import { isText, localId, type Source, type TextSource } from "./run";

/** A model folder of the reader's own. */
export interface OpenedModel {
  readonly id: string;
  /** The folder's name. */
  readonly name: string;
  readonly reads: ModelFacts["reads"];
}

/** What a model is first given where nothing was typed for it: words, or ids where it has no tokenizer. */
const FIRST_TEXT = {
  text: "The animal didn't cross the street because it was too tired.",
  ids: "1 2 3 4 5 6 7 8",
};

/** Opens files of the reader's own, and keeps words and pictures apart while models change. */
export interface Opener {
  /** Models that were opened, the last one first. */
  opened(): readonly OpenedModel[];
  /** The source that the files make. */
  open(files: readonly File[], folder: string, listening: Listening): Promise<Outcome<Source>>;
  /** Keeps what words were typed last: a picture is about to take their place. */
  remember(source: Source): void;
  /** The source with another text; after a picture or a trace, the model that words were typed for last. */
  withText(source: Source, text: string): Source;
  /** The source with another model: a model of images gets a pad, one of words the words that were typed last. */
  withModel(source: Source, model: string): Source;
}

/** An opener over an engine; nothing is open yet. */
export function createOpener(engine: Engine): Opener {
  let models: readonly OpenedModel[] = [];
  let words: TextSource | null = null;

  const readsOf = (model: string) =>
    models.find(({ id }) => id === model)?.reads ??
    (shippedModel(model)?.kind === "image" ? "image" : "text");
  const remember = (source: Source) => {
    if (isText(source)) words = source;
  };

  const withModel = (source: Source, model: string): Source => {
    remember(source);
    const reads = readsOf(model);
    if (reads === "image") {
      return {
        kind: "image",
        model,
        picture: source.kind === "image" ? source.picture : (firstPicture(model) ?? BLANK),
      };
    }
    if (source.kind === "ids") return { ...source, model };
    const before = words === null ? null : readsOf(words.model);
    if (words !== null && before === reads) return { ...words, model };
    return { kind: "text", model, text: shippedModel(model)?.example ?? FIRST_TEXT[reads] };
  };

  const open = async (
    files: readonly File[],
    folder: string,
    listening: Listening,
  ): Promise<Outcome<Source>> => {
    const picked = pickedFiles(files, folder);
    if (picked.kind === "trace") {
      const { file } = picked;
      const trace = await readAnyTrace(new Uint8Array(await file.arrayBuffer()), file.name);
      return { kind: "done", value: { kind: "trace", model: file.name, trace } };
    }
    const id = localId(picked.name);
    const outcome = await engine.open({ model: id, files: picked.files }, listening);
    if (outcome.kind !== "done") return outcome;
    const model = { id, name: picked.name, reads: outcome.value.reads };
    models = [model, ...models.filter((other) => other.id !== id)];
    return { kind: "done", value: withModel(words ?? { kind: "text", model: "", text: "" }, id) };
  };

  return {
    opened: () => models,
    remember,
    async open(files, folder, listening) {
      try {
        return await open(files, folder, listening);
      } catch (error) {
        if (error instanceof ModelError || error instanceof DOMException) {
          return { kind: "failed", failure: failureOf(error) };
        }
        throw error;
      }
    },
    withText(source, text) {
      remember(source);
      if (isText(source)) return { ...source, text };
      if (source.kind === "ids") return { kind: "text", model: source.model, text };
      if (words !== null) return { ...words, text };
      const model = readsOf(source.model) === "image" ? FIRST_MODEL : source.model;
      return { kind: "text", model, text };
    },
    withModel,
  };
}
