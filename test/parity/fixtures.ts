import { readdirSync, readFileSync } from "node:fs";
import type { RunInput } from "../../src/engine/trace";
import { bytesSource } from "../../src/model/byteSource";
import { type LoadedModel, loadModel } from "../../src/model/load";
import { openSafetensors, type TensorFile } from "../../src/model/safetensors";

const ROOT = new URL("../fixtures/", import.meta.url);

/** The folders that training/fixtures wrote: a model in Hugging Face's layout, with its sites and gradients by PyTorch. */
export const fixtureNames: readonly string[] = readdirSync(ROOT, { withFileTypes: true })
  .filter(
    (entry) => entry.isDirectory() && readdirSync(new URL(`${entry.name}/`, ROOT)).includes("config.json"),
  )
  .map(({ name }) => name)
  .sort();

/** Files of a fixture whose name starts with `kind`: "case" or "gradient". */
export function filesOf(fixture: string, kind: "case" | "gradient"): readonly string[] {
  return readdirSync(new URL(`${fixture}/`, ROOT))
    .filter((file) => file.startsWith(`${kind}-`))
    .sort();
}

/** The fixture's model, read by the loader that the app uses for a picked folder. */
export function loadFixture(fixture: string): Promise<LoadedModel> {
  const files = ["config.json", "model.safetensors"].map(
    (name) => new File([readFileSync(new URL(`${fixture}/${name}`, ROOT))], name),
  );
  return loadModel({ kind: "files", id: fixture, files });
}

export interface Expected {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What PyTorch computed for one input: every site by name. */
export interface Reference {
  readonly input: RunInput;
  readonly sites: ReadonlyMap<string, Expected>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Reads case-K.safetensors or gradient-K.safetensors of a fixture. */
export function readReference(fixture: string, file: string): Reference {
  const open = openSafetensors(
    bytesSource(file, new Uint8Array(readFileSync(new URL(`${fixture}/${file}`, ROOT)))),
  );
  const { image, ...input } = JSON.parse(open.metadata.input ?? "{}");
  return {
    input: image === undefined ? input : { ...input, image: Float32Array.from(image) },
    sites: sitesOf(open),
    metadata: open.metadata,
  };
}

function sitesOf(file: TensorFile): ReadonlyMap<string, Expected> {
  return new Map(
    [...file.tensors.values()].map(({ name, shape }) => [name, { shape, data: file.read(name) }]),
  );
}
