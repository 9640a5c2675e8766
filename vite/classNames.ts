import { basename } from "node:path";

/**
 * The name of a class of a CSS module: its file's and its own, "Header-views". A hash would say as little, and takes twice as much
 * once packed. Two files of one name share no class: the later one with a class of the same name stops the build.
 */
export function classNames(): (name: string, file: string) => string {
  const owners = new Map<string, string>();
  return (name, file) => {
    const path = file.replace(/\?.*$/, "");
    const made = `${basename(path).replace(/(?:\.module)?\.css$/, "")}-${name}`;
    const owner = owners.get(made) ?? path;
    if (owner !== path) throw new Error(`${path} and ${owner} both make the class ${made}: rename one file`);
    owners.set(made, path);
    return made;
  };
}
