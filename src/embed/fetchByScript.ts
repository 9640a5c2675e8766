import { scriptFiles } from "./scriptFiles";

/** Files that have a script of their own; all others of a model come with its weights. */
const OWN: Readonly<Record<string, string>> = {
  "config.json": "config",
  "example.trace": "example",
  "samples.json": "samples",
};

/** fetch for pages that may not: the files of models, each read from the script that carries it; 404 for all else. */
export const fetchByScript: typeof fetch = async (input) => {
  const url = new URL(input instanceof Request ? input.url : input, document.baseURI);
  const [, folder, id, file] = /^(.*\/models\/)([a-z0-9-]+)\/([^/]+)$/.exec(url.href) ?? [];
  if (id === undefined || file === undefined) return new Response(null, { status: 404 });
  const name = `${id}/${OWN[file] ?? "model"}`;
  const files = await scriptFiles(name, `${folder}${name}.js`).catch(() => []);
  const found = files.find((each) => each.name === file);
  return found === undefined ? new Response(null, { status: 404 }) : new Response(found);
};
