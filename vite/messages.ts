import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";

const NAME = /^virtual:messages\/([a-z]{2})(\/later)?$/;

/** Areas of views that nobody sees first: their messages come after the first picture. Any other area comes at once. */
const LATER = new Set([
  "atlas",
  "block",
  "card",
  "cell",
  "compare",
  "decode",
  "digits",
  "lab",
  "lessons",
  "lines",
  "neuron",
  "norm",
  "open",
  "output",
  "position",
  "readings",
  "terms",
  "training",
]);

/**
 * Compiles the ICU messages of src/i18n/messages/{language}/{area}.json, keyed `{area}.{key}`, into two modules:
 * `virtual:messages/{language}`, and `virtual:messages/{language}/later`. `whole` puts everything into the first.
 */
export function messages(root: string, { whole = false } = {}): Plugin {
  return {
    name: "sightline:messages",
    resolveId: (id) => (NAME.test(id) ? `\0${id}` : null),
    load(id) {
      const [, language, later] = NAME.exec(id.slice(1)) ?? [];
      if (!id.startsWith("\0virtual:messages/") || language === undefined) return null;
      const folder = join(root, "src/i18n/messages", language);
      const compiled: Record<string, unknown> = {};
      for (const file of readdirSync(folder).sort()) {
        const area = file.replace(/\.json$/, "");
        const isLater = !whole && LATER.has(area);
        if (isLater !== (later !== undefined)) continue;
        this.addWatchFile(join(folder, file));
        const entries = Object.entries(
          JSON.parse(readFileSync(join(folder, file), "utf8")) as Record<string, string>,
        );
        for (const [key, message] of entries) compiled[`${area}.${key}`] = compileMessageOrThrow(message);
      }
      return `export const messages = ${JSON.stringify(compiled)};`;
    },
  };
}
