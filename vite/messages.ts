import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";

const NAME = /^virtual:messages\/([a-z]{2})$/;

/** Compiles the ICU messages of src/i18n/messages/{language}/{area}.json into `virtual:messages/{language}`, keyed `{area}.{key}`. */
export function messages(root: string): Plugin {
  const folder = (language: string) => join(root, "src/i18n/messages", language);
  return {
    name: "sightline:messages",
    resolveId: (id) => (NAME.test(id) ? `\0${id}` : null),
    load(id) {
      const language = NAME.exec(id.slice(1))?.[1];
      if (!id.startsWith("\0virtual:messages/") || language === undefined) return null;
      const compiled: Record<string, unknown> = {};
      for (const file of readdirSync(folder(language)).sort()) {
        const path = join(folder(language), file);
        this.addWatchFile(path);
        const area = file.replace(/\.json$/, "");
        const entries = Object.entries(JSON.parse(readFileSync(path, "utf8")) as Record<string, string>);
        for (const [key, message] of entries) compiled[`${area}.${key}`] = compileMessageOrThrow(message);
      }
      return `export const messages = ${JSON.stringify(compiled)};`;
    },
  };
}
