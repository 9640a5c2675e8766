import { type JsonObject, parseJsonObject } from "./json";
import type { UrlSource } from "./load";
import { urlFolder } from "./urlFolder";

/** Where the checkpoints of one training run lie, below the site's base. */
const FOLDER = "models/causal/checkpoints/";
const ID = /^causal\/checkpoints\/(step-\d{1,6})$/;
/** The checkpoints have the tokenizer of the model that they are smaller siblings of. */
const FILES = { weights: "model.safetensors.gz", tokenizer: "../../tokenizer.json" } as const;

/** What a head is called while the model learns, each with a score of 0…1. */
export const HEAD_SCORES = ["previous", "self", "first", "duplicate", "induction"] as const;
export type HeadScore = (typeof HEAD_SCORES)[number];

/** A model as it was after some steps of its training. */
export interface Checkpoint {
  /** The id that a run names it by. */
  readonly model: string;
  readonly step: number;
  /** Tokens that it had read. */
  readonly tokens: number;
  readonly lossPerToken: number;
  readonly bytes: number;
  /** Scores of each head on held-out text. [layer][head] */
  readonly heads: readonly (readonly Readonly<Record<HeadScore, number>>[])[];
}

/** The checkpoints of the run, first step first. Fails with network, missingFile or badJson. */
export async function readCheckpoints(base: string): Promise<readonly Checkpoint[]> {
  const text = await urlFolder(`${base}${FOLDER}`).text("index.json", {});
  if (text === null) return [];
  const { checkpoints } = parseJsonObject(text, "index.json");
  return Array.isArray(checkpoints) ? checkpoints.map(checkpointOf) : [];
}

/** An entry as the export writes it: the file comes with the site. */
function checkpointOf(entry: JsonObject): Checkpoint {
  return {
    model: `causal/checkpoints/${entry.folder}`,
    step: Number(entry.step),
    tokens: Number(entry.tokens),
    lossPerToken: Number(entry.loss_per_token),
    bytes: Number(entry.bytes),
    heads: entry.heads as unknown as Checkpoint["heads"],
  };
}

/** Where to load a checkpoint from, or null where the id names none. `base`: URL of the folder that the site lies in. */
export function checkpointSource(id: string, base: string): UrlSource | null {
  const folder = ID.exec(id)?.[1];
  return folder === undefined ? null : { kind: "url", id, url: `${base}${FOLDER}${folder}/`, files: FILES };
}
