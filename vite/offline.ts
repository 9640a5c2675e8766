import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { Plugin } from "vite";

/**
 * Writes the service worker, with every file of the built site in one of two lists, each named by its contents: the page,
 * and the models, which seldom change. Scripts that carry models are for frames that no service worker serves. A plugin
 * of its own, since the worker is 60 lines and vite-plugin-pwa brings Workbox.
 */
export function offline(root: string): Plugin {
  let out = "";
  return {
    name: "sightline:offline",
    apply: "build",
    configResolved(config) {
      out = resolve(root, config.build.outDir);
    },
    closeBundle: {
      sequential: true,
      order: "post",
      handler() {
        const files = filesOf(out).filter((file) => file !== "sw.js");
        const isModel = (file: string) => file.startsWith("models/");
        const lists = {
          __SHELL__: listOf(
            out,
            "page",
            files.filter((file) => !isModel(file)),
          ),
          __MODELS__: listOf(
            out,
            "models",
            files.filter((file) => isModel(file) && !file.endsWith(".js")),
          ),
        };
        let code = readFileSync(join(root, "vite/serviceWorker.js"), "utf8");
        for (const [mark, list] of Object.entries(lists))
          code = code.replace(`"${mark}"`, () => JSON.stringify(list));
        writeFileSync(join(out, "sw.js"), code);
      },
    },
  };
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => relative(folder, join(folder, path)).split(sep).join("/"))
    .sort();
}

function listOf(out: string, kind: string, files: readonly string[]) {
  const hash = createHash("sha256");
  let bytes = 0;
  for (const file of files) {
    const content = readFileSync(join(out, file));
    hash.update(file).update(content);
    bytes += content.length;
  }
  return { name: `sightline-${kind}-${hash.digest("hex").slice(0, 16)}`, files, bytes };
}
