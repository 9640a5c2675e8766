import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const SRC = fileURLToPath(new URL("../src", import.meta.url));

/** The folders of src, what else of src each may import, and which packages. A folder that is not here may not exist. */
const TABLE: Readonly<
  Record<string, { readonly folders: readonly string[]; readonly packages: readonly RegExp[] }>
> = {
  engine: { folders: [], packages: [] },
  model: { folders: ["engine"], packages: [/^@huggingface\/tokenizers$/, /^fflate$/] },
  analysis: { folders: ["engine"], packages: [] },
  worker: { folders: ["engine", "model", "analysis"], packages: [] },
  viz: { folders: ["engine"], packages: [/^d3-/] },
  i18n: { folders: [], packages: [/^react$/, /^@lingui\//, /^virtual:messages\//] },
  export: { folders: ["engine", "model", "analysis", "viz"], packages: [/^d3-/, /^fflate$/] },
  store: {
    folders: ["engine", "model", "analysis", "worker", "i18n"],
    packages: [/^zustand/, /^react$/, /^valibot$/, /^fflate$/],
  },
  components: { folders: ["engine", "viz", "i18n"], packages: [/^react$/, /^d3-/] },
  views: {
    folders: ["engine", "analysis", "viz", "export", "store", "components", "i18n"],
    packages: [/^react$/, /^d3-/],
  },
  lessons: {
    folders: ["engine", "analysis", "viz", "export", "views", "store", "components", "i18n"],
    packages: [/^react(-dom)?$/],
  },
  app: {
    folders: "engine model analysis worker viz i18n export store components views lessons".split(" "),
    packages: [/^react$/],
  },
  embed: {
    folders: "engine model analysis worker viz i18n export store components views app".split(" "),
    packages: [/^react(-dom\/client)?$/],
  },
  "main.tsx": { folders: ["app"], packages: [/^react(-dom\/client)?$/] },
  cli: { folders: ["engine", "model", "analysis", "export"], packages: [/^node:/] },
};

interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("engine/kernels/assembly"))
  .map((path): SourceFile => {
    const text = readFileSync(join(SRC, path), "utf8");
    const imports = [
      ...text.matchAll(
        /^\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"|\bimport\(\s*"([^"]+)"|^import\s+"([^"]+)"/gm,
      ),
    ];
    return { path, text, imports: imports.map((match) => match[1] ?? match[2] ?? match[3] ?? "") };
  });

/** The first folder of a path below src (the file itself for one that lies in none). */
function folderOf(path: string): string {
  return path.split("/")[0] ?? "";
}

/** Path below src that a relative import names, without a query and as it is written. */
function target(file: SourceFile, name: string): string {
  return relative(SRC, join(SRC, dirname(file.path), name.replace(/\?.*$/, "")));
}

describe("the source", () => {
  test("lies in known folders", () => {
    const unknown = files.map(({ path }) => folderOf(path)).filter((folder) => !Object.hasOwn(TABLE, folder));
    expect([...new Set(unknown)]).toEqual([]);
  });

  test("imports only what the table allows", () => {
    const broken = files.flatMap((file) => {
      const from = folderOf(file.path);
      const allowed = TABLE[from];
      return file.imports.flatMap((name) => {
        const isOurs = name.startsWith(".");
        const to = isOurs ? folderOf(target(file, name)) : name;
        const fits = isOurs
          ? to === from || allowed?.folders.includes(to)
          : allowed?.packages.some((pattern) => pattern.test(name));
        return fits ? [] : [`${file.path} imports ${name}`];
      });
    });
    expect(broken).toEqual([]);
  });

  test("has views that never import each other", () => {
    const viewOf = (path: string) => path.split("/").slice(0, 2).join("/");
    const broken = files
      .filter(({ path }) => path.startsWith("views/"))
      .flatMap((file) =>
        file.imports
          .filter((name) => name.startsWith(".") && target(file, name).startsWith("views/"))
          .filter((name) => viewOf(target(file, name)) !== viewOf(file.path))
          .map((name) => `${file.path} imports ${name}`),
      );
    expect(broken).toEqual([]);
  });

  test("has no cycle of imports", () => {
    const byName = new Map(files.map((file) => [file.path.replace(/\.tsx?$/, ""), file]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const walk = (name: string, trail: readonly string[]) => {
      if (trail.includes(name)) {
        cycles.push([...trail.slice(trail.indexOf(name)), name].join(" → "));
        return;
      }
      const file = byName.get(name);
      if (file === undefined || done.has(name)) return;
      for (const each of valueImports(file)) walk(target(file, each), [...trail, name]);
      done.add(name);
    };
    for (const name of byName.keys()) walk(name, []);
    expect(cycles).toEqual([]);
  });

  test("has no barrel files, and no file of more than 300 lines", () => {
    expect(files.map(({ path }) => path).filter((path) => /(^|\/)index\.tsx?$/.test(path))).toEqual([]);
    expect(files.filter(({ text }) => text.split("\n").length > 301).map(({ path }) => path)).toEqual([]);
  });

  test("fetches in one place each for models, kernels, the example, and what a page that works alone is made of", () => {
    const fetching = files.filter(({ text }) =>
      /(?<![.\w])fetch\((?!\))|XMLHttpRequest|sendBeacon|WebSocket/.test(text),
    );
    expect(fetching.map(({ path }) => path).sort()).toEqual(FETCHING);
  });
});

/** The only files that use the network. */
const FETCHING = [
  "app/sharing/embedParts.ts",
  "app/storedExample.ts",
  "model/urlFolder.ts",
  "worker/loadModel.ts",
];

/** Relative imports that are there when the program runs. */
function valueImports(file: SourceFile): string[] {
  const typesOnly = new Set(
    [...file.text.matchAll(/^import type [^;]*? from "([^"]+)"/gm)].map((match) => match[1] ?? ""),
  );
  return file.imports.filter((name) => name.startsWith(".") && !typesOnly.has(name));
}
