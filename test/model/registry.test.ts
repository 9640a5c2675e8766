import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nodeFolder } from "../../src/cli/nodeFolder";
import { weightNames } from "../../src/engine/weights";
import { loadFolder } from "../../src/model/load";
import { SHIPPED_MODELS, shippedModel, shippedSource } from "../../src/model/registry";

const PUBLIC = join(import.meta.dirname, "../../public");

describe.each(SHIPPED_MODELS)("the shipped model $id", ({ id, path, files, bytes }) => {
  const folder = join(PUBLIC, path);

  it("lies where the registry says, and takes about as many bytes, with a card and its measurements", () => {
    const names = ["config.json", files.weights, ...(files.tokenizer ? ["tokenizer.json"] : [])];
    const size = names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    expect(Math.abs(bytes / size - 1)).toBeLessThan(0.02);
    for (const name of ["card.md", "evaluation.json"])
      expect(existsSync(join(folder, name)), name).toBe(true);
  });

  it("loads whole, with numbers that are finite, and nothing left over", async () => {
    const { spec, weights, extra } = await loadFolder(id, nodeFolder(folder), {}, files);
    expect(extra).toEqual([]);
    for (const { name } of weightNames(spec)) if (weights.has(name)) weights.read(name);
  });
});

/** Letters and marks without case and white space: WordPiece keeps neither. */
const bare = (text: string | undefined) => text?.toLowerCase().replace(/\s+/g, "");

describe.each(SHIPPED_MODELS.filter(({ files }) => files.tokenizer))(
  "the shipped model $id",
  ({ id, path, files, example }) => {
    it("can read its example, and spells it back", async () => {
      const { spec, tokenizer } = await loadFolder(id, nodeFolder(join(PUBLIC, path)), {}, files);
      const ids = tokenizer?.encode(example).ids ?? [];
      expect(ids.length).toBeGreaterThan(1);
      expect(ids.length).toBeLessThanOrEqual(spec.context);
      expect(bare(tokenizer?.decode(ids))).toBe(bare(example));
    });
  },
);

describe("the registry", () => {
  it("finds a model by its id, and says where to load it from", () => {
    const [first] = SHIPPED_MODELS;
    if (first === undefined) throw new Error("no models");
    expect(shippedModel(first.id)).toBe(first);
    expect(shippedModel("none")).toBeNull();
    expect(shippedSource(first, "https://example.org/a/")).toEqual({
      kind: "url",
      id: first.id,
      url: `https://example.org/a/${first.path}`,
      files: first.files,
    });
  });
});
