import { failure } from "../model/errors";

/** What a pick or a drop holds: a model folder, or one trace file. */
export type Picked =
  | { readonly kind: "model"; readonly name: string; readonly files: readonly File[] }
  | { readonly kind: "trace"; readonly file: File };

/**
 * Tells a model folder from a trace file. Of nested folders the one counts whose config.json lies nearest to the top.
 * Fails with missingFile where there is neither.
 */
export function pickedFiles(files: readonly File[]): Picked {
  const config = files
    .filter(({ name }) => name === "config.json")
    .sort((a, b) => depthOf(a) - depthOf(b))[0];
  if (config !== undefined) {
    const folder = folderOf(config);
    const name = folder.split("/").at(-1) || "folder";
    return { kind: "model", name, files: files.filter((file) => folderOf(file) === folder) };
  }
  const traces = files.filter(({ name }) => /\.(safetensors|trace)$/.test(name));
  const [file] = traces;
  if (file !== undefined && traces.length === 1) return { kind: "trace", file };
  throw failure("missingFile", { file: "config.json", folder: folderOf(files[0]) || "—" });
}

/** The folder that a file was picked with; empty for files that were picked one by one. */
function folderOf(file: File | undefined): string {
  return file?.webkitRelativePath?.split("/").slice(0, -1).join("/") ?? "";
}

function depthOf(file: File): number {
  return folderOf(file).split("/").length;
}
