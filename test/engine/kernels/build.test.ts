import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { buildKernel } from "../../../scripts/buildKernels.mjs";
import { kernelBytes } from "./backends";

it.each(["simd", "relaxed"] as const)(
  "the committed %s kernels are what their source compiles to",
  async (name) => {
    const built: Uint8Array = await buildKernel(name);
    expect(Buffer.from(built).equals(Buffer.from(kernelBytes[name]))).toBe(true);
  },
);

it("both kernels together are below 6 KB gzip", () => {
  const sizes = [kernelBytes.simd, kernelBytes.relaxed].map((bytes) => gzipSync(bytes).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(6 * 1024);
});
