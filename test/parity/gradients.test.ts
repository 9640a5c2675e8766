import { expect, test } from "vitest";
import { backward } from "../../src/engine/backward";
import type { Target } from "../../src/engine/backward/output";
import { run } from "../../src/engine/forward";
import { createPlainKernels } from "../../src/engine/kernels/plain";
import { prepare } from "../../src/engine/prepare";
import { differences } from "./agreement";
import { filesOf, fixtureNames, loadFixture, readReference } from "./fixtures";

const withGradients = fixtureNames.filter((fixture) => filesOf(fixture, "gradient").length > 0);

test.each(["gpt2", "bert", "marian"])("%s has gradients of a logit and of log-probabilities", (family) => {
  const kinds = withGradients
    .filter((name) => name.startsWith(`${family}-`))
    .flatMap((fixture) => filesOf(fixture, "gradient").map((file) => targetOf(fixture, file).kind));
  expect(new Set(kinds)).toEqual(new Set(["logit", "logProbability"]));
});

test.each(withGradients)("gradients agree with autograd at every site of %s", async (fixture) => {
  const { spec, weights } = await loadFixture(fixture);
  const model = prepare(spec, weights, createPlainKernels());
  for (const file of filesOf(fixture, "gradient")) {
    const { input, sites } = readReference(fixture, file);
    const trace = run(model, input, { capture: "all" });
    const gradients = backward(model, trace.sites, input, targetOf(fixture, file));
    expect(differences(`${fixture} ${file}`, gradients, sites)).toEqual([]);
  }
});

/** What the gradients of a file are of. */
function targetOf(fixture: string, file: string): Target {
  return JSON.parse(readReference(fixture, file).metadata.objective ?? "");
}
