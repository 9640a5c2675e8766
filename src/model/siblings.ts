import { type Json, type JsonObject, parseJsonObject } from "./json";
import type { UrlSource } from "./load";
import { urlFolder } from "./urlFolder";

/** Where the siblings lie below the site's base: tiny models that were trained alike and differ in one thing each. */
const FOLDER = "models/siblings/";
const ID = /^siblings\/([a-z0-9-]{1,32})$/;
/** One tokenizer serves them all. */
const FILES = { weights: "model.safetensors.gz", tokenizer: "../tokenizer.json" } as const;

/** A sibling, and how it was judged. */
export interface SiblingModel {
  /** What it differs in: "alibi", "post-norm". A run names it `siblings/{name}`. */
  readonly name: string;
  readonly about: string;
  /** Nats per token at each position of held-out windows, as far as it can run. */
  readonly lossByPosition: Float32Array;
  /** ‖f(x)‖/‖x‖ of each layer's parts, before and after training; null where that was not measured. */
  readonly updateShares: { readonly initial: Json; readonly trained: Json } | null;
}

export interface Siblings {
  readonly trainedLength: number;
  readonly models: readonly SiblingModel[];
}

/** The siblings that ship with the site; none where there are none. Fails with network or badJson. */
export async function readSiblings(base: string): Promise<Siblings> {
  const folder = urlFolder(`${base}${FOLDER}`);
  const text = await folder.text("index.json", {});
  if (text === null) return { trainedLength: 0, models: [] };
  const index = parseJsonObject(text, "index.json");
  const listed = Array.isArray(index.siblings) ? (index.siblings as readonly JsonObject[]) : [];
  const models = await Promise.all(
    listed.map(async ({ id, about }) => {
      const file = `${id}/evaluation.json`;
      const found = await folder.text(file, {});
      return found === null ? [] : [siblingOf(String(id), String(about), parseJsonObject(found, file))];
    }),
  );
  return { trainedLength: Number(index.trained_length), models: models.flat() };
}

function siblingOf(name: string, about: string, facts: JsonObject): SiblingModel {
  const losses = Array.isArray(facts.loss_by_position) ? facts.loss_by_position : [];
  const shares = facts.update_shares as JsonObject | undefined;
  return {
    name,
    about,
    lossByPosition: Float32Array.from(losses, Number),
    updateShares:
      shares === undefined ? null : { initial: shares.initial ?? null, trained: shares.trained ?? null },
  };
}

/** Where to load a sibling from, or null where the id names none. `base`: URL of the folder that the site lies in. */
export function siblingSource(id: string, base: string): UrlSource | null {
  const name = ID.exec(id)?.[1];
  return name === undefined ? null : { kind: "url", id, url: `${base}${FOLDER}${name}/`, files: FILES };
}
