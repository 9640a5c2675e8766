import { failure } from "../model/errors";

/** What a pick or a drop holds: a model folder, or one trace file. */
export type Picked =
  | { readonly kind: "model"; readonly name: string; readonly files: readonly File[] }
  | { readonly kind: "trace"; readonly file: File };

/**
 * Tells a model folder from a trace file. `folder`: its name, where the files do not say it themselves. Of nested folders the one counts whose config.json lies nearest to the top.
 * Fails with missingFile where there is neither.
 */
export function pickedFiles(files: readonly File[], folder = ""): Picked {
  const config = files
    .filter(({ name }) => name === "config.json")
    .sort((a, b) => depthOf(a) - depthOf(b))[0];
  if (config !== undefined) {
    const path = folderOf(config);
    const name = path.split("/").at(-1) || folder || "model";
    return { kind: "model", name, files: files.filter((file) => folderOf(file) === path) };
  }
  const traces = files.filter(({ name }) => /\.(safetensors|trace)$/.test(name));
  const [file] = traces;
  if (file !== undefined && traces.length === 1) return { kind: "trace", file };
  throw failure("missingFile", {
    file: "config.json",
    folder: folderOf(files[0]) || folder || files[0]?.name || "—",
  });
}

/** The folder that a file was picked with; empty for files that were picked one by one. */
function folderOf(file: File | undefined): string {
  return file?.webkitRelativePath?.split("/").slice(0, -1).join("/") ?? "";
}

function depthOf(file: File): number {
  return folderOf(file).split("/").length;
}
