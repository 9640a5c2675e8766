import { readdirSync, readFileSync } from "node:fs";
import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "../../src/i18n/language";

const FOLDER = new URL("../../src/i18n/messages/", import.meta.url);

function areas(language: string): string[] {
  return readdirSync(new URL(`${language}/`, FOLDER)).sort();
}

function messages(language: string, area: string): Record<string, string> {
  return JSON.parse(readFileSync(new URL(`${language}/${area}`, FOLDER), "utf8"));
}

/** Names of the placeholders of a compiled message, at any depth. */
function placeholders(compiled: unknown): string[] {
  if (!Array.isArray(compiled)) return [];
  return compiled.flatMap((part) => {
    if (!Array.isArray(part)) return [];
    const [name, , choices] = part as [string, string?, unknown?];
    const inner = typeof choices === "object" && choices !== null ? Object.values(choices) : [];
    return [...(name === "#" ? [] : [name]), ...inner.flatMap(placeholders)];
  });
}

function outline(message: string) {
  return {
    placeholders: [...new Set(placeholders(compileMessageOrThrow(message)))].sort(),
    tags: [...new Set(message.match(/<\w+\/>/g) ?? [])].sort(),
  };
}

describe("the messages", () => {
  test("have the same areas in every language", () => {
    for (const language of LANGUAGES) expect(areas(language), language).toEqual(areas("en"));
  });

  for (const area of areas("en")) {
    test(`of ${area} have the same keys, placeholders and tags in every language`, () => {
      const outlines = (language: string) =>
        Object.fromEntries(
          Object.entries(messages(language, area)).map(([key, text]) => [key, outline(text)]),
        );
      for (const language of LANGUAGES) expect(outlines(language), language).toEqual(outlines("en"));
    });

    test(`of ${area} say something in every language, and Chinese where it is not a name or a sign`, () => {
      for (const language of LANGUAGES) {
        for (const [key, text] of Object.entries(messages(language, area))) {
          expect(text.trim(), `${language} ${area} ${key}`).not.toBe("");
        }
      }
      const plain = (text: string) => text.replace(/\{[^{}]*\}|<\w+\/>/g, "");
      const english = Object.entries(messages("zh", area)).filter(
        ([, text]) => /[a-z]{3,} [a-z]{3,}/i.test(plain(text)) && !/\p{sc=Han}/u.test(text),
      );
      expect(english).toEqual([]);
    });
  }
});
