import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { chapters } from "./vite/chapters.ts";
import { messages } from "./vite/messages.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  plugins: [chapters(), react(), messages(root, { whole: true })],
  css: { modules: { generateScopedName: "[local]" } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
          exclude: ["test/browser/**", "test/bench/**"],
          setupFiles: ["test/support/canvas.ts"],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["test/browser/serve.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // What a page shows comes when it comes; a busy machine is no failure.
          expect: { poll: { timeout: 15_000 } },
          fileParallelism: false,
        },
      },
    ],
  },
});
