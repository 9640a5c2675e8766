// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import { type Drawing, drawingOf } from "../../src/export/drawing";
import { type Figure, pieceSvg, svgText } from "../../src/export/figure";
import { heatmapFigure } from "../../src/export/heatmapFigure";
import { latexText, writeLatex } from "../../src/export/latex";
import { linesFigure } from "../../src/export/linesFigure";
import { fileName, textOfTokens } from "../../src/export/names";
import { densityOf } from "../../src/export/png";
import { textWidth, wrapped } from "../../src/export/svgParts";
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
    const svg = parsed(svgText(heatmapFigure(made, "light")));
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
    const svg = parsed(svgText(linesFigure(made, "dark")));
    const seen = made.matrix.data.filter((share) => share >= FAINTEST).length;
    expect(svg.querySelectorAll("path[d*='C']")).toHaveLength(seen);
    expect(texts(svg)).toContain("query");
  });

  test("of scores with infinities and tokens that look like markup is still one document", () => {
    const svg = parsed(svgText(heatmapFigure(drawing(hardTrace(), "attn.hook_attn_scores"), "light")));
    expect(texts(svg)).toContain('a␣"quoted",␣one');
  });
});

/** A pattern of so many tokens as a longer text has it: each query looks at a few keys before it. */
function longDrawing(tokens: number): Drawing {
  const data = Float32Array.from({ length: tokens * tokens }, (_, at) => {
    const [query, key] = [Math.floor(at / tokens), at % tokens];
    return key > query ? 0 : ((query * 31 + key * 17) % 97) / 97;
  });
  const labels = Array.from({ length: tokens }, (_, at) => `token ${at}`);
  const axis = (role: "query" | "key") => ({ role, name: role, labels });
  return {
    ...drawing(),
    matrix: { data, rows: tokens, columns: tokens },
    rows: axis("query"),
    columns: axis("key"),
  };
}

describe("a figure of a long text", () => {
  const kinds = [
    ["heatmap", heatmapFigure],
    ["sight-lines", linesFigure],
  ] as const;

  test.each(kinds)("as %s is made in lots, each short and whole by itself", (_, figureOf) => {
    const figure: Figure = figureOf(longDrawing(64), "light");
    const lots = figure.pieces.flatMap((piece) => [...pieceSvg(piece)]);
    expect(lots.length).toBeGreaterThan(10);
    expect(Math.max(...lots.map(({ length }) => length))).toBeLessThan(120_000);
    for (const lot of lots)
      expect(parsed(figure.head + lot + figure.foot).childElementCount).toBeGreaterThan(1);
  });

  test("as heatmap is a picture of the same cells, for canvases", () => {
    const made = drawing();
    const { pieces } = heatmapFigure(made, "light");
    const picture = pieces.find((piece) => piece.picture !== undefined)?.picture;
    const pixels = picture?.pixels();
    const ramp = rampOf("sequential", "light");
    const expected = Array.from(made.matrix.data, (value) => fillOf(ramp, value, 1));
    const painted = Array.from(made.matrix.data, (_, at) => {
      const [r, g, b] = pixels?.data.subarray(4 * at, 4 * at + 3) ?? [];
      return `rgb(${r} ${g} ${b})`;
    });
    expect(pixels?.width).toBe(made.matrix.columns);
    expect(painted).toEqual(expected);
  });

  test("is no larger as a PNG than browsers draw, and twice its size where that is possible", () => {
    for (const [width, height] of [
      [400, 13_400],
      [1700, 1800],
      [9000, 9000],
      [60_000, 20],
    ] as const) {
      const density = densityOf({ width, height });
      expect(Math.max(width, height) * density).toBeLessThanOrEqual(16_384.001);
      expect(width * height * density * density).toBeLessThanOrEqual(2 ** 26 + 1);
    }
    expect(densityOf({ width: 800, height: 600 })).toBe(2);
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

describe("a caption", () => {
  test("breaks at spaces, and within a word that fills more than a line", () => {
    const lines = wrapped(`one two ${"x".repeat(100)} three`, 12, 200);
    expect(lines.join("").replaceAll(" ", "")).toBe(`onetwo${"x".repeat(100)}three`);
    expect(lines.every((line) => textWidth(line, 12) <= 200)).toBe(true);
    expect(lines[0]).toMatch(/^one two/);
  });

  test("has the text as it was typed: pieces of a word together, and spaces between words", () => {
    const token = (text: string, start: number, special = false) => ({
      id: 0,
      text,
      start,
      end: start + text.length,
      word: 0,
      special,
    });
    expect(textOfTokens([token("[CLS]", 0, true), token("un", 0), token("seen", 2), token("cat", 7)])).toBe(
      "unseen cat",
    );
    expect(textOfTokens([token("The", 0), token(" cat", 3)])).toBe("The cat");
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
