// Builds the two WebAssembly kernels from one AssemblyScript source: with relaxed SIMD (fused multiply–add) and without.
// Run by `npm run kernels`; the results are committed, and a test rebuilds and compares them.
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = "src/engine/kernels/assembly/index.ts";
const BUILDS = {
  simd: ["--enable", "simd"],
  relaxed: ["--enable", "simd", "--enable", "relaxed-simd"],
};

/** Compiles one build and returns its bytes. */
export async function buildKernel(name) {
  let bytes = null;
  const flags = [
    "--runtime",
    "stub",
    "-O3",
    "--noAssert",
    "--importMemory",
    "--memoryBase",
    "512",
    ...BUILDS[name],
  ];
  const { error, stderr } = await asc.main([source, "--outFile", "out.wasm", "--baseDir", root, ...flags], {
    writeFile: (_file, contents) => {
      bytes = contents;
    },
  });
  if (error !== null || bytes === null)
    throw new Error(`the ${name} kernels do not compile: ${error?.message}\n${stderr}`);
  return bytes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await mkdir(`${root}/src/engine/kernels/wasm`, { recursive: true });
  for (const name of Object.keys(BUILDS)) {
    const bytes = await buildKernel(name);
    await writeFile(`${root}/src/engine/kernels/wasm/${name}.wasm`, bytes);
    console.log(`${name}: ${bytes.length} bytes`);
  }
}
