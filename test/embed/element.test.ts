// @vitest-environment jsdom
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const CODE = readFileSync("public/sightline-embed.js", "utf8");

test("the script that makes and sizes a frame weighs less than 3 KB", () => {
  expect(Buffer.byteLength(CODE)).toBeLessThan(3000);
});

test("its element makes a sandboxed frame of its attributes, sizes it, and passes on what it hears", () => {
  new Function(CODE)();
  document.body.innerHTML =
    '<sightline-figure view="lines" text="a &amp; b" title="Lines"></sightline-figure>';
  const element = document.querySelector("sightline-figure");
  const frame = document.querySelector("iframe");
  expect(new URL(frame?.src ?? "").hash).toBe("#v=1&view=lines&text=a+%26+b");
  expect(frame?.getAttribute("sandbox")).toBe("allow-scripts allow-popups");
  expect(frame?.title).toBe("Lines");
  const heard: unknown[] = [];
  element?.addEventListener("sightline-resize", (event) => heard.push((event as CustomEvent).detail.height));
  const tell = (data: unknown, source: unknown = frame?.contentWindow) =>
    window.dispatchEvent(new MessageEvent("message", { data, source: source as Window }));
  tell({ source: "sightline", v: 1, type: "resize", height: 700 });
  tell({ source: "sightline", v: 1, type: "resize", height: 9 }, window);
  tell({ source: "other", v: 1, type: "resize", height: 9 });
  expect(frame?.height).toBe("700");
  expect(heard).toEqual([700]);
});
