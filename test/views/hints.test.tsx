// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test } from "vitest";
import { Atlas } from "../../src/views/atlas/Atlas";
import { Compare } from "../../src/views/compare/Compare";
import { Decode } from "../../src/views/decode/Decode";
import { Heads } from "../../src/views/heads/Heads";
import { Lab } from "../../src/views/lab/Lab";
import { Lines } from "../../src/views/lines/Lines";
import { Neuron } from "../../src/views/neuron/Neuron";
import { Output } from "../../src/views/output/Output";
import { Position } from "../../src/views/position/Position";
import { Steps } from "../../src/views/steps/Steps";
import { openFixture, openSource } from "./openFixture";

/** The quiet lines of a view on a first visit. */
function hints(view: string): (string | null)[] {
  const region = screen.getByRole("region", { name: view });
  return [...region.querySelectorAll("[data-hint]")].map((hint) => hint.textContent);
}

const CASES: readonly (readonly [string, ReactNode, RegExp])[] = [
  ["Steps", <Steps key="s" />, /^Point at a cell to see where its number comes from/],
  ["Heads", <Heads key="h" />, /^Click one: every view follows/],
  ["Output", <Output key="o" />, /^Click a token to write it after the sentence/],
  ["Lines", <Lines key="l" />, /^Point at a token to see its lines/],
  ["Neuron", <Neuron key="n" />, /^Arrow keys in the list of keys/],
  ["Position", <Position key="p" />, /^Point at a row to see its token/],
  ["Decode", <Decode key="d" />, /^Choose a way of picking tokens and press Run/],
  ["Compare", <Compare key="c" />, /^Attention is not an explanation by itself/],
  ["Lab", <Lab key="b" />, /^Every card runs on the sentence above/],
  ["Atlas", <Atlas key="a" />, /./],
];

test.each(CASES)("%s says in a quiet line what can be done with it", async (view, figure, said) => {
  await openFixture("gpt2-1", figure);
  expect(hints(view)[0]).toMatch(said);
});

test.each([
  ["bert-1", /^Point at a token of the sentence to see what would fit/],
  ["marian-1", /^This is one token alone; Decode writes the whole text/],
] as const)("Output of %s says what can be done with such an answer", async (model, said) => {
  await openFixture(model, <Output />);
  expect(hints("Output")[0]).toMatch(said);
});

test.each([
  ["sentiment", "It was good.", /^Change a word of the sentence/],
  ["entities", "Anna works in London.", /^Point at a token of the sentence to see what it is/],
] as const)("Output of the %s model says what can be done with a class", async (model, text, said) => {
  await openSource({ kind: "text", model, text }, <Output />);
  expect(hints("Output")[0]).toMatch(said);
});
