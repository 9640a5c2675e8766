import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { siteChoices } from "../../src/app/sharing/siteChoices";
import { readNpy } from "../../src/cli/npy";
import { sizeOf } from "../../src/engine/tensor";
import { writeCsv } from "../../src/export/csv";
import { float } from "../../src/export/float";
import { writeJson } from "../../src/export/json";
import { writeNpy } from "../../src/export/npy";
import { type PickedSite, pickSite } from "../../src/export/pickedSite";
import { writeSiteTensors } from "../../src/export/siteTensors";
import { bytesSource } from "../../src/model/byteSource";
import { openSafetensors } from "../../src/model/safetensors";
import { readTrace, writeTrace } from "../../src/model/traceFile";
import { hardTrace, TRACE, WHERE } from "./support";

const ALL = { oneHead: false, lensOrder: false };

function picked(part: string, how = ALL, trace = TRACE): PickedSite {
  const site = pickSite(trace, WHERE, part, how);
  if (site === null) throw new Error(`no ${part}`);
  return site;
}

/** Lines of cells of a CSV file, as RFC 4180 reads them. */
function parseCsv(text: string): string[][] {
  return text
    .trimEnd()
    .split("\r\n")
    .map((line) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
        .slice(0, -1)
        .map(([, cell = ""]) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)),
    );
}

describe("a decimal of a 32-bit float", () => {
  test("reads back as the same float", () => {
    fc.assert(
      fc.property(fc.float(), (value) => {
        expect(Math.fround(Number(float(value)))).toBe(Object.is(value, -0) ? 0 : value);
      }),
    );
  });

  test("is as short as can be", () => {
    expect([0.1, 1 / 3, 16_777_215].map((value) => float(Math.fround(value)))).toEqual([
      "0.1",
      "0.33333334",
      "16777215",
    ]);
  });
});

describe("an exported site, opened again, has the numbers of the trace", () => {
  test("as .npy", () => {
    const { tensor } = picked("attn.hook_pattern");
    const read = readNpy(writeNpy(tensor), "pattern.npy");
    expect({ shape: read.shape, values: [...Array.from(read.values)] }).toEqual({
      shape: tensor.shape,
      values: [...tensor.data],
    });
  });

  test("as .npy of one axis", () => {
    const read = readNpy(writeNpy({ data: Float32Array.of(1, 2, 3), shape: [3] }), "one.npy");
    expect(read).toEqual({ shape: [3], values: Float32Array.of(1, 2, 3), whole: false });
  });

  test("as CSV, with its tokens, however hard they are to write", () => {
    for (const trace of [TRACE, hardTrace()]) {
      const part = trace === TRACE ? "attn.hook_pattern" : "attn.hook_attn_scores";
      const site = picked(part, ALL, trace);
      const [head, ...lines] = parseCsv(writeCsv(site));
      expect(head).toEqual(["head", "query_pos", "query_pos_token", "key_pos", "key_pos_token", "value"]);
      expect(Float32Array.from(lines, (line) => Number(line.at(-1)))).toEqual(site.tensor.data);
      expect(lines.slice(0, 2).map((line) => line.slice(0, 4))).toEqual([
        ["0", "0", trace.tokens[0]?.text, "0"],
        ["0", "0", trace.tokens[0]?.text, "1"],
      ]);
    }
  });

  test("as CSV without a cell that a spreadsheet would compute", () => {
    expect(writeCsv(picked("attn.hook_attn_scores", ALL, hardTrace()))).not.toMatch(/(^|,)"?[=+@]/m);
  });

  test("as JSON, nested by axis, infinities and all", () => {
    for (const trace of [TRACE, hardTrace()]) {
      const part = trace === TRACE ? "attn.hook_pattern" : "attn.hook_attn_scores";
      const { tensor } = picked(part, ALL, trace);
      const read = JSON.parse(writeJson(picked(part, ALL, trace)));
      expect(read).toMatchObject({ model: "causal", axes: tensor.axes, shape: tensor.shape });
      expect(read.tokens.key_pos.map((token: { text: string }) => token.text)).toEqual(
        trace.tokens.map(({ text }) => text),
      );
      expect(Float32Array.from(read.data.flat(2).map(Number))).toEqual(tensor.data);
    }
  });

  test("as safetensors, which says its axes and tokens", () => {
    const site = picked("attn.hook_pattern", { ...ALL, oneHead: true });
    const file = openSafetensors(bytesSource("site", writeSiteTensors(site)));
    expect(file.read(site.name)).toEqual(Float32Array.from(site.tensor.data));
    expect(file.metadata).toMatchObject({ model: "causal", axes: "query_pos,key_pos", head: "1" });
    expect(JSON.parse(file.metadata.key_pos_tokens ?? "")).toEqual(TRACE.tokens.map(({ text }) => text));
  });

  test("as a whole trace", () => {
    expect(readTrace(writeTrace(TRACE), "again.safetensors")).toEqual(TRACE);
  });
});

describe("a picked site", () => {
  test("of one head is that head's part of the tensor", () => {
    const whole = picked("attn.hook_pattern").tensor;
    const one = picked("attn.hook_pattern", { ...ALL, oneHead: true });
    const size = sizeOf(one.tensor.shape);
    expect(one).toMatchObject({ head: 1, tensor: { axes: ["query_pos", "key_pos"] } });
    expect(one.tensor.data).toEqual(whole.data.subarray(size, 2 * size));
  });

  test("in TransformerLens' order has its positions before its heads", () => {
    const { tensor } = picked("attn.hook_z", { ...ALL, lensOrder: true }, hardTrace());
    expect(tensor.axes).toEqual(["query_pos", "head", "d_head"]);
    const { data } = picked("attn.hook_z", ALL, hardTrace()).tensor;
    expect([...tensor.data]).toEqual([0, 1, 4, 5, 2, 3, 6, 7].map((at) => data[at]));
  });

  test("of which a long trace holds the looked head alone is that head, however many are asked for", () => {
    const pattern = picked("attn.hook_pattern", { ...ALL, oneHead: true }).tensor;
    const name = "blocks.0.attn.hook_pattern";
    const long = {
      ...TRACE,
      sites: {},
      heads: { [name]: { axis: "head", length: 6, of: { 1: pattern } } },
    } as const;
    expect(siteChoices(long, WHERE, (key) => key).map(({ part }) => part)).toEqual(["attn.hook_pattern"]);
    for (const oneHead of [true, false])
      expect(picked("attn.hook_pattern", { ...ALL, oneHead }, long)).toMatchObject({
        name,
        head: 1,
        tensor: pattern,
      });
    expect(siteChoices(long, { ...WHERE, head: 2 }, (key) => key)).toEqual([]);
  });

  test("that the trace does not hold is null", () => {
    expect(pickSite(TRACE, WHERE, "attn.nothing", ALL)).toBeNull();
  });
});
