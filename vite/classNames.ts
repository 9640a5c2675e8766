import { readdirSync } from "node:fs";
import { basename, resolve } from "node:path";

/**
 * The name of a class of a CSS module: its file's and its own, "Header-views". A hash would say as little, and takes twice as much
 * once packed. Two files of one name share no class: the later one with a class of the same name stops the build.
 */
export function classNames(): (name: string, file: string) => string {
  const owners = new Map<string, string>();
  return (name, file) => {
    const path = pathOf(file);
    const made = `${basename(path).replace(/(?:\.module)?\.css$/, "")}-${name}`;
    const owner = owners.get(made) ?? path;
    if (owner !== path) throw new Error(`${path} and ${owner} both make the class ${made}: rename one file`);
    owners.set(made, path);
    return made;
  };
}

/** The shortest names, for what has to be small: the place of the file among those of `folder`, and of the class in it. */
export function shortClassNames(folder: string): (name: string, file: string, css: string) => string {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".module.css"))
    .map((path) => resolve(folder, path))
    .sort();
  return (name, file, css) => {
    const named = [...css.matchAll(/(?:\.|@keyframes\s+)([a-zA-Z][\w-]*)/g)].map(([, each]) => each);
    const [at, place] = [files.indexOf(resolve(pathOf(file))), [...new Set(named)].indexOf(name)];
    if (at < 0 || place < 0) throw new Error(`${name} is no class of ${file}`);
    // A capital between the two numbers, so that no two pairs make one name.
    return `_${at.toString(36)}Z${place.toString(36)}`;
  };
}

function pathOf(file: string): string {
  return file.replace(/\?.*$/, "");
}
