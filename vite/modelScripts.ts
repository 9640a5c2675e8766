import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/** The files that a model is loaded from. */
const FILES =
  /^(?:config|tokenizer|tokenizer_config|special_tokens_map|preprocessor_config)\.json$|^model\.safetensors\.gz$/;

/** Writes each model, and its stored example, also as a script that hands its files to `sightlineFiles`. */
export function modelScripts(root: string): Plugin {
  return {
    name: "sightline:model-scripts",
    apply: "build",
    generateBundle() {
      const models = join(root, "public/models");
      for (const id of readdirSync(models)) {
        const folder = join(models, id);
        if (!existsSync(join(folder, "config.json"))) continue;
        const names = readdirSync(folder);
        const write = (name: string, files: readonly string[]) =>
          this.emitFile({
            type: "asset",
            fileName: `models/${id}/${name}.js`,
            source: `sightlineFiles(${JSON.stringify(`${id}/${name}`)},${JSON.stringify(packed(folder, files))});\n`,
          });
        // What views read of a model without loading it.
        write("config", ["config.json"]);
        write(
          "model",
          names.filter((name) => FILES.test(name)),
        );
        if (names.includes("example.trace")) write("example", ["example.trace"]);
        if (names.includes("samples.json")) write("samples", ["samples.json"]);
      }
    },
  };
}

function packed(folder: string, files: readonly string[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file)).toString("base64")]));
}
