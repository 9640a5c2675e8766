import { describe, expect, test } from "vitest";
import { openSite, sentence, untilLive, untilShown, withChromium } from "./open";
import { loadReference } from "./reference";

withChromium();

/** Nothing that the page may keep is kept: as in a private window whose storage is full or forbidden. */
function refuseStorage(): void {
  const refuse = () => {
    throw new DOMException("refused", "SecurityError");
  };
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
    Object.defineProperty(window, name, { get: refuse });
  }
  Object.defineProperty(document, "cookie", { get: refuse, set: refuse });
}

/** Full storage: it opens, and takes nothing. */
function fillStorage(): void {
  const full = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  Storage.prototype.setItem = full;
  IDBFactory.prototype.open = full;
  Cache.prototype.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
  Cache.prototype.add = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
}

function refuseServiceWorker(): void {
  navigator.serviceWorker.register = () => Promise.reject(new DOMException("refused", "SecurityError"));
}

function refuseWebGl(): void {
  const { getContext } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: []) {
    return /^webgl|^webgpu/.test(kind) ? null : getContext.call(this, kind, ...rest);
  } as typeof getContext;
  Object.defineProperty(navigator, "gpu", { value: undefined });
}

describe("the page works without", () => {
  for (const [what, script] of [
    ["storage", refuseStorage],
    ["room in storage", fillStorage],
    ["a service worker", refuseServiceWorker],
    ["WebGL", refuseWebGl],
  ] as const) {
    test(what, async () => {
      const reference = await loadReference();
      const { page, complaints, close } = await openSite("#v=1&text=Hello+there&lang=en", {}, script);
      await untilShown(page, reference.tokens("Hello there"));
      await sentence(page).fill("Hello there again");
      await untilShown(page, reference.tokens("Hello there again"));
      await page.getByRole("button", { name: "中文" }).click();
      await page.getByRole("textbox", { name: "句子" }).waitFor();
      expect(complaints).toEqual([]);
      await close();
    });
  }

  test("WebAssembly, with the same numbers, and says that it is slower", async () => {
    const reference = await loadReference();
    const { page, complaints, close } = await openSite(
      "#v=1&text=Hello+there&lang=en",
      {},
      undefined,
      (each) =>
        // The kernels travel as files of their own: bytes that are no module are refused as a policy refuses them.
        each.route("**/*.wasm", (route) => route.fulfill({ status: 200, body: "no module" })),
    );
    await untilShown(page, reference.tokens("Hello there"));
    await page.getByText("without WebAssembly, so slower").waitFor();
    const pattern = reference.site("Hello there", "blocks.0.attn.hook_pattern");
    const size = pattern.shape.at(-1) ?? 0;
    await page.getByRole("gridcell", { name: "Layer 0, head 0", exact: false }).first().click();
    const cell = page.getByRole("grid", { name: "Attention pattern" }).getByRole("gridcell").last();
    await expect
      .poll(async () => Number(await cell.getAttribute("aria-label")))
      .toBeCloseTo(pattern.data[size * size - 1] ?? Number.NaN, 2);
    expect(complaints).toEqual([]);
    await close();
  });

  test("its kernels' words stay away while WebAssembly runs", async () => {
    const { page, close } = await openSite("#v=1&text=Hello+there&lang=en");
    await untilLive(page);
    expect(await page.getByText("without WebAssembly").count()).toBe(0);
    await close();
  });
});
