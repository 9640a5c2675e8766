import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { build, type Plugin } from "vite";
import { ALL, allChunks, classicChunks, ENTRY } from "./classicChunks.ts";
import { shortClassNames } from "./classNames.ts";
import { withPolicy } from "./contentPolicy.ts";
import { messages } from "./messages.ts";
import { tooHeavy } from "./sizes.ts";

const MODULE = /<script type="module" src="\/src\/embed\/main\.tsx"><\/script>/;

/** react-dom alone is more than half of what an embed may weigh; Preact is the same interface in a tenth of it. */
const SMALL_REACT = {
  "react-dom/client": "preact/compat/client",
  "react/jsx-runtime": "preact/jsx-runtime",
  react: "preact/compat",
};

/** Builds embed.html and its classic scripts beside the page, after the page itself. */
export function embed(root: string): Plugin {
  let out = "";
  return {
    name: "sightline:embed",
    apply: "build",
    configResolved(config) {
      out = resolve(root, config.build.outDir);
    },
    closeBundle: {
      sequential: true,
      async handler() {
        await build({
          configFile: false,
          root,
          base: "./",
          logLevel: "warn",
          // Classic scripts know no import.meta.
          define: { "import.meta.url": "document.baseURI", "import.meta.resolve": "undefined" },
          plugins: [react(), messages(root), classicChunks()],
          resolve: { alias: SMALL_REACT },
          css: { modules: { generateScopedName: shortClassNames(join(root, "src")) } },
          worker: { format: "iife" },
          build: {
            outDir: join(out, "embed"),
            assetsDir: "",
            target: "es2022",
            copyPublicDir: false,
            // The worker has no address to find its kernels by, so they travel inside it.
            assetsInlineLimit: 1_000_000,
            cssCodeSplit: false,
            modulePreload: false,
            rollupOptions: {
              input: join(root, "src/embed/main.tsx"),
              output: {
                format: "cjs",
                entryFileNames: ENTRY,
                chunkFileNames: "[name]-[hash].js",
                assetFileNames: "embed[extname]",
              },
            },
          },
        });
        writeFileSync(join(out, "embed", "fonts.css"), fonts(root));
        writeFileSync(join(out, "embed", ALL), allChunks(join(out, "embed")));
        const html = readFileSync(join(root, "embed.html"), "utf8").replace(
          MODULE,
          '<script src="./embed/embed.js"></script>',
        );
        const styled = html.replace(
          "</title>",
          '</title>\n    <link rel="stylesheet" href="./embed/embed.css" />',
        );
        writeFileSync(join(out, "embed.html"), withPolicy(styled, "embed"));
        const heavy = tooHeavy(out);
        if (heavy.length > 0) this.error(heavy.join("\n"));
      },
    },
  };
}

/**
 * The fonts of the page with their files inside. A frame without an origin may not fetch a font, from whatever host; a
 * style sheet it may.
 */
function fonts(root: string): string {
  const { resolve: find } = createRequire(join(root, "package.json"));
  return readFileSync(join(root, "src/app/fonts.css"), "utf8").replace(
    /url\("([^"]+\.woff2)"\)/g,
    (_, file) => `url("data:font/woff2;base64,${readFileSync(find(file)).toString("base64")}")`,
  );
}
