// npm run bench [-- --json] [-- --node | --browser] [-- --forward | --quick]: speeds as ratios to peers and to the machine's ceiling, in one run.
// The peers are installed here on first use. It measures; it never fails on a time.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import asc from "assemblyscript/asc";
import { chromium } from "playwright-core";
import { build } from "vite";

import { CHROMIUM_ARGS, needChromium } from "../../scripts/chromium.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");
const flags = new Set(process.argv.slice(2));
const out = mkdtempSync(join(tmpdir(), "sightline-bench-"));
const only = ["quick", "typing", "forward"].find((part) => flags.has(`--${part}`)) ?? null;
const progress = (line) => process.stderr.write(`${line}\n`);

if (!existsSync(join(here, "node_modules"))) {
  progress("installing the peers …");
  execFileSync("npm", ["install", "--no-audit", "--no-fund"], {
    cwd: here,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

for (const name of ["simd", "relaxed"]) {
  cpSync(join(root, `src/engine/kernels/wasm/${name}.wasm`), join(out, `${name}.wasm`));
}
const ceiling = await asc.main(
  [
    "suite/ceiling.ts",
    "--outFile",
    "c.wasm",
    "--baseDir",
    here,
    "--runtime",
    "stub",
    "-O3",
    "--enable",
    "simd",
    "--enable",
    "relaxed-simd",
  ],
  { writeFile: (_name, contents) => writeFileSync(join(out, "ceiling.wasm"), contents) },
);
if (ceiling.error) throw ceiling.error;

const bundle = (entry, ssr) =>
  build({
    root: here,
    configFile: false,
    logLevel: "error",
    ssr: { noExternal: true },
    build: {
      outDir: join(out, "js"),
      emptyOutDir: false,
      minify: false,
      target: "esnext",
      ...(ssr
        ? { ssr: entry, rollupOptions: { output: { entryFileNames: "[name].mjs" } } }
        : { lib: { entry, formats: ["es"], fileName: () => "browser.mjs" } }),
    },
  });

const results = {};
if (!flags.has("--browser")) {
  progress("in Node");
  await bundle(join(here, "suite/node.ts"), true);
  const { nodeBench } = await import(pathToFileURL(join(out, "js/node.mjs")).href);
  results.node = await nodeBench(root, out, await peersInNode(), only, progress);
}
if (!flags.has("--node")) {
  progress("in Chromium");
  results.browser = await inBrowser();
}
rmSync(out, { recursive: true, force: true });

if (flags.has("--json")) console.log(JSON.stringify(results, null, 2));
else for (const [place, rows] of Object.entries(results)) print(place, rows);

/** The peers as Node has them, each on one thread as in the browser. */
async function peersInNode() {
  const require = createRequire(import.meta.url);
  const ort = await import("onnxruntime-web");
  ort.env.wasm.numThreads = 1;
  const tf = require("@tensorflow/tfjs-core");
  const { setThreadsCount, setWasmPaths } = require("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(join(here, "node_modules/@tensorflow/tfjs-backend-wasm/dist/"));
  setThreadsCount(1);
  await tf.setBackend("wasm");
  await tf.ready();
  // jax-js runs in Node alone, but beside other modules Node 20 refuses its memory (LinkError: no maximum limit).
  return { ort, tf, jax: null };
}

async function inBrowser() {
  await bundle(join(here, "suite/browser.ts"), false);
  mkdirSync(join(out, "ort"));
  mkdirSync(join(out, "tfjs"));
  cpSync(join(here, "node_modules/onnxruntime-web/dist"), join(out, "ort"), {
    recursive: true,
    filter: (f) => !f.endsWith(".map"),
  });
  cpSync(join(here, "node_modules/@tensorflow/tfjs-backend-wasm/dist"), join(out, "tfjs"), {
    recursive: true,
    filter: (f) => !/\.(map|ts)$/.test(f),
  });
  writeFileSync(
    join(out, "index.html"),
    '<!doctype html><title>bench</title><script type="module" src="js/browser.mjs"></script>',
  );
  const types = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
  };
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://x").pathname).replace(/\/$/, "/index.html");
    const base = asked.startsWith("/models/") ? join(root, "public") : out;
    const path = join(base, asked);
    if (!path.startsWith(base) || !existsSync(path)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" });
    response.end(readFileSync(path));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({
    executablePath: needChromium(),
    args: [...CHROMIUM_ARGS],
  });
  try {
    const page = await browser.newPage();
    page.on("console", (message) => progress(`  ${message.text()}`));
    page.setDefaultTimeout(0);
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => typeof window.bench === "function");
    return await page.evaluate((part) => window.bench(part), only);
  } finally {
    await browser.close();
    server.close();
  }
}

function print(place, rows) {
  console.log(`\n${place === "node" ? "Node" : "Chromium"}`);
  for (const { what, unit, figures, best } of rows) {
    console.log(`  ${what}: median, fastest call (ours against it)`);
    for (const [name, value] of Object.entries(figures)) {
      const fastest = best[name] === undefined ? "" : `${best[name].toPrecision(4).padStart(9)} ${unit}`;
      const against = name.startsWith("sightline")
        ? ""
        : `   ours is ${ratio(unit, figures, name)}×, ${ratio(unit, best, name)}×`;
      console.log(`    ${name.padEnd(32)} ${value.toPrecision(4).padStart(9)} ${unit} ${fastest}${against}`);
    }
  }
}

function ratio(unit, figures, name) {
  const own = bestOfOurs(unit, figures);
  return (unit === "GFLOP/s" ? own / figures[name] : figures[name] / own).toPrecision(3);
}

function bestOfOurs(unit, figures) {
  const own = Object.entries(figures).filter(([name]) => name.startsWith("sightline"));
  const values = own.map(([, value]) => value);
  return unit === "GFLOP/s" ? Math.max(...values) : Math.min(...values);
}
