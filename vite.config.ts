import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { chapters } from "./vite/chapters.ts";
import { classNames } from "./vite/classNames.ts";
import { contentPolicy } from "./vite/contentPolicy.ts";
import { embed } from "./vite/embed.ts";
import { messages } from "./vite/messages.ts";
import { modelScripts } from "./vite/modelScripts.ts";
import { offline } from "./vite/offline.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  // Relative, so that the built folder works from any sub-path of any static host.
  base: "./",
  plugins: [
    chapters(),
    react(),
    messages(root),
    contentPolicy(),
    modelScripts(root),
    embed(root),
    offline(root),
  ],
  css: { modules: { generateScopedName: classNames() } },
  worker: { format: "es", plugins: () => [] },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      // What always stands before the first pattern is one file: packed, two dozen small ones are larger.
      output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } },
    },
  },
});
