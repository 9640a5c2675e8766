import { scriptFile } from "./scriptFile";

/** fetch for pages that may not: files of models, each read from the script that carries it; 404 for all else. */
export const fetchByScript: typeof fetch = async (input) => {
  const url = new URL(input instanceof Request ? input.url : input, document.baseURI);
  if (!/\/models\/[a-z0-9/-]+\/[^/]+$/.test(url.pathname)) return new Response(null, { status: 404 });
  const found = await scriptFile(url.href).catch(() => null);
  return found === null ? new Response(null, { status: 404 }) : new Response(found);
};
