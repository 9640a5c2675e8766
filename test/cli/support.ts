import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TINY_CONFIG, TINY_TOKENIZER, tinyWeights } from "../model/support/tinyModel";

/** A fresh folder that holds the files. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "sightline-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** The files of the tiny model. */
export const TINY_FILES = {
  "config.json": JSON.stringify(TINY_CONFIG),
  "tokenizer.json": JSON.stringify(TINY_TOKENIZER),
  "model.safetensors": tinyWeights(),
};

/** The message of what a command fails with; it is one line. */
export async function complaint(work: () => Promise<void>): Promise<string> {
  try {
    await work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("the command did not fail");
}
