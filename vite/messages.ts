import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";

const NAME = /^virtual:messages\/([a-z]{2})(\/later)?$/;

/** Areas whose messages the first picture needs. Those of any other come after it. */
const FIRST = new Set(["app", "errors", "heads", "prompt", "share", "steps"]);

/**
 * Compiles the ICU messages of src/i18n/messages/{language}/{area}.json, keyed `{area}.{key}`, into two modules:
 * `virtual:messages/{language}`, and `virtual:messages/{language}/later`. `whole` puts everything into the first. What a
 * language lacks, it says in English.
 */
export function messages(root: string, { whole = false } = {}): Plugin {
  return {
    name: "sightline:messages",
    resolveId: (id) => (NAME.test(id) ? `\0${id}` : null),
    load(id) {
      const [, language, later] = NAME.exec(id.slice(1)) ?? [];
      if (!id.startsWith("\0virtual:messages/") || language === undefined) return null;
      const compiled: Record<string, unknown> = {};
      for (const folder of new Set(["en", language])) {
        const path = join(root, "src/i18n/messages", folder);
        for (const file of readdirSync(path).sort()) {
          const area = file.replace(/\.json$/, "");
          const isLater = !whole && !FIRST.has(area);
          if (isLater !== (later !== undefined)) continue;
          this.addWatchFile(join(path, file));
          const entries: Record<string, string> = JSON.parse(readFileSync(join(path, file), "utf8"));
          for (const [key, message] of Object.entries(entries))
            compiled[`${area}.${key}`] = compileMessageOrThrow(message);
        }
      }
      return `export const messages = ${JSON.stringify(compiled)};`;
    },
  };
}
