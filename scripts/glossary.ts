/** npm run glossary: writes docs/glossary.md from the terms and their messages. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { glossary } from "./glossaryText.ts";

writeFileSync(fileURLToPath(new URL("../docs/glossary.md", import.meta.url)), glossary());
