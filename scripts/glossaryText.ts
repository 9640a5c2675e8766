import { readFileSync } from "node:fs";
import { TERMS } from "../src/i18n/terms.ts";

const HEAD = `# Glossary

One word for one thing, everywhere: in the page, the code, the lessons and the files. Numbers in brackets are equations of [maths.md](maths.md); \`names\` are
sites of a trace. This file is written by \`npm run glossary\` from \`src/i18n/terms.ts\` and \`src/i18n/messages/*/terms.json\`.

| English | 中文 | What it is | 说明 |
|---|---|---|---|
`;

/** docs/glossary.md, as the terms and their messages say it. */
export function glossary(): string {
  const en = messages("en");
  const zh = messages("zh");
  const rows = Object.entries(TERMS).map(([id, equations]) => {
    const numbers = equations === "" ? "" : `(${equations})`;
    const english = [en[`${id}.means`], numbers].filter((part) => part !== "").join(" ");
    return `| ${en[id]} | ${zh[id]} | ${english} | ${zh[`${id}.means`]}${numbers} |\n`;
  });
  return HEAD + rows.join("");
}

function messages(language: string): Readonly<Record<string, string>> {
  const file = new URL(`../src/i18n/messages/${language}/terms.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8"));
}
