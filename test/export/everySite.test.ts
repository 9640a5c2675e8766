import { describe, expect, test } from "vitest";
import { siteChoices } from "../../src/app/sharing/siteChoices";
import { readNpy } from "../../src/cli/npy";
import type { Trace } from "../../src/engine/trace";
import { writeCsv } from "../../src/export/csv";
import { drawingOf } from "../../src/export/drawing";
import { writeJson } from "../../src/export/json";
import { writeLatex } from "../../src/export/latex";
import { writeNpy } from "../../src/export/npy";
import { type PickedSite, pickSite } from "../../src/export/pickedSite";
import { writeSiteTensors } from "../../src/export/siteTensors";
import { bytesSource } from "../../src/model/byteSource";
import { openSafetensors } from "../../src/model/safetensors";
import { readTrace, writeTrace } from "../../src/model/traceFile";
import { FIRST_SELECTION, type Selection } from "../../src/store/selection";
import { siteName } from "../../src/viz/siteView";
import { readLatex } from "./readLatex";
import { shippedTrace, WORDS } from "./support";

/** Every place of a trace that its reader can be at: stack, attention and layer; of a head in the middle. */
function places(trace: Trace): readonly Selection[] {
  return trace.spec.stacks.flatMap(({ name: stack, layers }) =>
    layers.flatMap((block, layer) =>
      (block.cross === null ? (["attn"] as const) : (["attn", "cross_attn"] as const)).map((attention) => ({
        ...FIRST_SELECTION,
        stack,
        attention,
        layer,
        head: 1,
        query: 1,
      })),
    ),
  );
}

/** Every site on offer at every place, once. */
function offers(trace: Trace) {
  const seen = new Set<string>();
  return places(trace).flatMap((where) =>
    siteChoices(trace, where, (key) => key)
      .filter(({ part }) => !seen.has(siteName(where, part)) && seen.add(siteName(where, part)))
      .map(({ part }) => ({ where, part, name: siteName(where, part) })),
  );
}

/** The numbers of a CSV file; texts are quoted, so what follows the last comma of a line is its number. */
function csvNumbers(text: string): Float32Array {
  const lines = text.trimEnd().split(/\r\n(?=\d)/);
  return Float32Array.from(lines.slice(1), (line) => Number(line.slice(line.lastIndexOf(",") + 1)));
}

/** Each kind of file of one site, written and read again: its numbers, and its shape where it says one. */
const FORMATS: Readonly<
  Record<string, (site: PickedSite) => { values: unknown; shape?: readonly number[] }>
> = {
  csv: (site) => ({ values: csvNumbers(writeCsv(site)) }),
  json: (site) => {
    const { data, shape } = JSON.parse(writeJson(site));
    return { values: Float32Array.from(data.flat(Number.POSITIVE_INFINITY), Number), shape };
  },
  npy: (site) => {
    const { values, shape } = readNpy(writeNpy(site.tensor), site.name);
    return { values, shape };
  },
  safetensors: (site) => {
    const file = openSafetensors(bytesSource("site", writeSiteTensors(site)));
    return { values: file.read(site.name), shape: file.tensors.get(site.name)?.shape ?? [] };
  },
};

const MODELS = [
  ["causal", "Moon"],
  ["masked", "The moon [MASK]."],
  ["translator", "Good morning"],
  ["entities", "Anna saw Rome"],
  ["sentiment", "Good"],
  ["digits", null],
] as const;

describe.each(MODELS)("of a run of %s", (model, text) => {
  test("every site is on offer, and has its numbers in every kind of file, of one head and of all, and in the whole trace", async () => {
    const trace = await shippedTrace(model, text);
    const sites = offers(trace);
    expect(sites.map(({ name }) => name).toSorted()).toEqual(Object.keys(trace.sites).toSorted());
    const wrong: string[] = [];
    for (const { where, part, name } of sites) {
      const whole = trace.sites[name];
      const ofHeads = whole?.axes[0] === "head" || whole?.axes[0] === "kv_head";
      for (const oneHead of ofHeads ? [true, false] : [false]) {
        const site = pickSite(trace, where, part, { oneHead, lensOrder: false });
        if (site === null) throw new Error(`no ${name}`);
        // A cross-attention's keys are the other stack's, wherever its reader came from.
        const keys = site.tokens[site.tensor.axes.indexOf("key_pos")];
        const source = name.includes(".cross_attn.") ? trace.tokens : keys;
        if (keys !== undefined && keys !== source) wrong.push(`${name}: the tokens of another stack`);
        const size = (whole?.data.length ?? 0) / (whole?.shape[0] ?? 1);
        const expected = oneHead ? whole?.data.slice(size, 2 * size) : whole?.data;
        for (const [format, reopened] of Object.entries(FORMATS)) {
          const { values, shape = site.tensor.shape } = reopened(site);
          // Some thousand files: a matcher each would take longer than all of them.
          const isSame =
            shape.join() === site.tensor.shape.join() && same(values as Float32Array, expected ?? []);
          if (!isSame) wrong.push(`${name} ${oneHead ? "of a head" : ""} as ${format}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    const again = readTrace(writeTrace(trace), "again.safetensors");
    const changed = Object.entries(trace.sites).filter(([name, tensor]) => {
      const read = again.sites[name as keyof typeof again.sites];
      const isSame = read?.axes.join() === tensor?.axes.join() && read?.shape.join() === tensor?.shape.join();
      return !isSame || !same(read?.data ?? [], tensor?.data ?? []);
    });
    expect(changed.map(([name]) => name)).toEqual([]);
    expect(again.tokens).toEqual(trace.tokens);
    expect(again.decoderTokens).toEqual(trace.decoderTokens);
  }, 120_000);

  test("every site is a LaTeX table whose cells are its numbers to three digits, each token in its place", async () => {
    const trace = await shippedTrace(model, text);
    const wrong: string[] = [];
    for (const { where, part, name } of offers(trace)) {
      const drawing = drawingOf(trace, where, part, WORDS);
      if (drawing === null) throw new Error(`no ${name}`);
      // A row of the vocabulary is no table for a page; its numbers are in the other files.
      if (drawing.columns.labels.length > 512) continue;
      const table = readLatex(writeLatex(drawing));
      const isSame =
        same(table.numbers, Array.from(drawing.matrix.data, toThreeDigits)) &&
        table.rows.join("\n") === drawing.rows.labels.join("\n") &&
        table.columns.join("\n") === drawing.columns.labels.join("\n");
      if (!isSame) wrong.push(name);
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});

/** Whether numbers are the same floats; zero has no sign in decimals. */
function same(read: ArrayLike<number>, expected: ArrayLike<number>): boolean {
  if (read.length !== expected.length) return false;
  for (let at = 0; at < read.length; at++) {
    const [a, b] = [read[at], expected[at]];
    if (a !== b && !(Number.isNaN(a) && Number.isNaN(b))) return false;
  }
  return true;
}

function toThreeDigits(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(3)) : value;
}
