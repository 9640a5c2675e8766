import { describe, expect, test } from "vitest";
import { run } from "../../src/engine/forward";
import { prepare } from "../../src/engine/prepare";
import { backends } from "../engine/kernels/backends";
import { differences } from "./agreement";
import { filesOf, fixtureNames, loadFixture, readReference } from "./fixtures";

/** Every family that issue 3 lists has at least two random models here. */
const FAMILIES = [
  "albert",
  "bart",
  "bert",
  "distilbert",
  "gpt2",
  "gpt_neox",
  "llama",
  "marian",
  "mistral",
  "openai-gpt",
  "pegasus",
  "qwen2",
  "roberta",
  "t5",
  "vit",
];

test.each(FAMILIES)("%s has at least two random models with references", (family) => {
  const models = fixtureNames.filter((name) => name.slice(0, name.lastIndexOf("-")) === family);
  expect(models.length).toBeGreaterThanOrEqual(2);
});

describe.each(fixtureNames)("the loader and %s", (fixture) => {
  test("leave no tensor of the folder unexplained", async () => {
    const { extra } = await loadFixture(fixture);
    expect(extra).toEqual([]);
  });
});

describe.each(backends)(
  "the engine with $name kernels agrees with PyTorch at every site of",
  ({ create }) => {
    test.each(fixtureNames)("%s", async (fixture) => {
      const { spec, weights } = await loadFixture(fixture);
      const model = prepare(spec, weights, create());
      const files = filesOf(fixture, "case");
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        const { input, sites } = readReference(fixture, file);
        const trace = run(model, input, { capture: "all" });
        expect(differences(`${fixture} ${file}`, trace.sites, sites)).toEqual([]);
      }
    });
  },
);
