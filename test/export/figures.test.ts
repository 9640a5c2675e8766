// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import { type Drawing, drawingOf } from "../../src/export/drawing";
import { heatmapSvg } from "../../src/export/heatmapSvg";
import { latexText, writeLatex } from "../../src/export/latex";
import { linesSvg } from "../../src/export/linesSvg";
import { fileName } from "../../src/export/names";
import { number } from "../../src/viz/format";
import { fillOf, rampOf } from "../../src/viz/ramp";
import { FAINTEST } from "../../src/viz/sightlines";
import { tokenText } from "../../src/viz/tokenText";
import { hardTrace, TRACE, WHERE, WORDS } from "./support";

function drawing(trace = TRACE, part = "attn.hook_pattern"): Drawing {
  const made = drawingOf(trace, WHERE, part, WORDS);
  if (made === null) throw new Error(`no ${part}`);
  return made;
}

function parsed(svg: string): Element {
  const { documentElement } = new DOMParser().parseFromString(svg, "image/svg+xml");
  expect(documentElement.querySelector("parsererror")).toBeNull();
  return documentElement;
}

function texts(svg: Element): string[] {
  return [...svg.querySelectorAll("text")].map((each) => each.textContent ?? "");
}

describe("an SVG figure", () => {
  test("of a pattern paints every cell in its colour and writes every token, as text", () => {
    const made = drawing();
    const svg = parsed(heatmapSvg(made, "light"));
    const ramp = rampOf("sequential", "light");
    const fills = [...svg.querySelectorAll("path[d]")].flatMap((path) =>
      (path.getAttribute("d") ?? "")
        .split("z")
        .filter((part) => part.includes("h24v24"))
        .map(() => path.getAttribute("fill")),
    );
    const expected = Array.from(made.matrix.data, (value) => fillOf(ramp, value, 1).replaceAll(" ", ","));
    expect(fills.toSorted()).toEqual(expected.toSorted());
    const tokens = TRACE.tokens.map(({ text }) => tokenText(text));
    expect(texts(svg)).toEqual(
      expect.arrayContaining([...tokens, "0", number(1), "Layer 0, head 1 & <script>"]),
    );
    expect(svg.querySelector("title")?.textContent).toBe(WORDS.caption);
    expect(svg.querySelector("script")).toBeNull();
  });

  test("of a pattern as sight-lines has one path for each share that can be seen", () => {
    const made = drawing();
    const svg = parsed(linesSvg(made, "dark"));
    const seen = made.matrix.data.filter((share) => share >= FAINTEST).length;
    expect(svg.querySelectorAll("path[d*='C']")).toHaveLength(seen);
    expect(texts(svg)).toContain("query");
  });

  test("of scores with infinities and tokens that look like markup is still one document", () => {
    const svg = parsed(heatmapSvg(drawing(hardTrace(), "attn.hook_attn_scores"), "light"));
    expect(texts(svg)).toContain('a␣"quoted",␣one');
  });
});

describe("a LaTeX table", () => {
  test("has a row for each query and a number for each key", () => {
    const table = writeLatex(drawing());
    const rows = table.split("\n").filter((line) => line.includes(" & $"));
    expect(rows).toHaveLength(TRACE.tokens.length);
    expect(rows.map((row) => row.split(" & ").length)).toEqual(
      TRACE.tokens.map(() => TRACE.tokens.length + 1),
    );
    expect(table).toContain("\\caption{Layer 0, head 1 \\& \\textless{}script\\textgreater{}}");
  });

  test("writes infinities and powers of ten as LaTeX does, and no character that it would read", () => {
    const table = writeLatex(drawing(hardTrace(), "attn.hook_attn_scores"));
    expect(table).toContain("$-\\infty$");
    expect(table).not.toMatch(/[−×⁰-⁹]/);
    expect(latexText("<|endoftext|>")).toBe("\\textless{}\\textbar{}endoftext\\textbar{}\\textgreater{}");
    expect(latexText("50% of $x_1$ {~^\\}&#")).toBe(
      "50\\% of \\$x\\_1\\$ \\{\\textasciitilde{}\\textasciicircum{}\\textbackslash{}\\}\\&\\#",
    );
  });
});

describe("the head of a LaTeX table", () => {
  test("names another engine only where there are letters that not every engine prints", () => {
    const chinese = { ...TRACE, tokens: TRACE.tokens.map((token) => ({ ...token, text: "动物" })) };
    expect(writeLatex(drawing())).not.toContain("XeLaTeX");
    expect(writeLatex(drawing(chinese))).toContain("% XeLaTeX or LuaLaTeX");
  });
});

describe("a file's name", () => {
  const named = {
    model: "causal",
    text: "The animal didn't",
    where: WHERE,
    oneHead: true,
    extension: "csv",
  };

  test("says model, sentence, place and site", () => {
    expect(fileName({ ...named, site: "attn.hook_q" })).toBe("causal_the-animal-didn-t_L0H1_attn.hook_q.csv");
    expect(fileName({ ...named, oneHead: false, site: "hook_mlp_out" })).toBe(
      "causal_the-animal-didn-t_L0_hook_mlp_out.csv",
    );
    expect(fileName({ ...named, site: null })).toBe("causal_the-animal-didn-t_trace.csv");
  });

  test("keeps Chinese, and nothing that a file system would read", () => {
    expect(fileName({ ...named, text: "动物没有过马路 ../\\:*?", site: null })).toBe(
      "causal_动物没有过马路_trace.csv",
    );
    expect(fileName({ ...named, text: "…", site: null })).toBe("causal_untitled_trace.csv");
  });
});
