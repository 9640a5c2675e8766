import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { Plugin } from "vite";

/** What pages read of a model: not the card that is for people. */
const FILES = /\.(?:json|gz|safetensors|trace)$/;

/** Writes each file of a model also as a script `{file}.js` that hands it to `sightlineFile`, by its path below `models/`. */
export function modelScripts(root: string): Plugin {
  return {
    name: "sightline:model-scripts",
    apply: "build",
    generateBundle() {
      const models = join(root, "public/models");
      const names = readdirSync(models, { recursive: true, encoding: "utf8" });
      for (const name of names.filter((each) => FILES.test(each))) {
        const path = name.split(sep).join("/");
        const base64 = readFileSync(join(models, name)).toString("base64");
        this.emitFile({
          type: "asset",
          fileName: `models/${path}.js`,
          source: `sightlineFile(${JSON.stringify(path)},"${base64}");\n`,
        });
      }
    },
  };
}
