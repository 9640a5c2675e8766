import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { standaloneLots } from "../../src/export/standaloneHtml";
import { withPolicy } from "../../vite/contentPolicy";

/** The policy of a page as a browser reads it: each directive and its sources. */
function policyOf(html: string): Record<string, string> {
  const content = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
  return Object.fromEntries(
    content.split("; ").map((each) => {
      const [name = "", ...sources] = each.split(" ");
      return [name, sources.join(" ")];
    }),
  );
}

describe.each([
  ["page", "index.html"],
  ["embed", "embed.html"],
] as const)("the policy of the %s", (kind, file) => {
  const html = withPolicy(readFileSync(file, "utf8"), kind);

  test("lets scripts come from the same place alone, compile WebAssembly, and start workers", () => {
    expect(policyOf(html)).toMatchObject({
      "default-src": "'none'",
      "script-src": "'self' 'wasm-unsafe-eval'",
      "worker-src": "'self' blob:",
    });
  });

  test("names no other host, and stands before everything that the page loads", () => {
    const sources = Object.values(policyOf(html)).flatMap((each) => each.split(" "));
    const allowed = ["'none'", "'self'", "'wasm-unsafe-eval'", "blob:", "data:"];
    expect(sources.filter((source) => !allowed.includes(source))).toEqual([]);
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.search(/<(?:script|link|style)/));
  });
});

test("a page that works alone has none, since everything in it is inline", () => {
  const page = withPolicy(readFileSync("embed.html", "utf8"), "embed");
  const trace = new Uint8Array([1, 2, 3]);
  const parts = { page, style: "", code: "", trace, vocabulary: ["a"], fragment: "v=1", title: "" };
  const alone = [...standaloneLots(parts)].join("");
  expect(page).toContain("Content-Security-Policy");
  expect(alone).not.toContain("Content-Security-Policy");
});
