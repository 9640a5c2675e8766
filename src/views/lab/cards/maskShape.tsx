import { useMemo } from "react";
import { hiddenCells } from "../../../engine/masks";
import type { MaskSpec } from "../../../engine/spec";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { useLooked } from "../../../store/SessionContext";
import { count, number, percent } from "../../../viz/format";
import { tokensAlong } from "../../../viz/siteView";
import { card, type FigureProps } from "../card";
import { type DrawnRows, packRows, unpackRows } from "../drawnMask";
import { FactTable } from "../parts/FactTable";
import { Notice } from "../parts/Notice";
import { outputShift } from "../parts/OutputChange";
import parts from "../parts/Parts.module.css";
import { Patterns } from "../parts/Patterns";
import { type Passes, VariantFigure } from "../parts/VariantFigure";
import { useLive } from "../usePass";

const SHAPES = {
  none: "lab.maskShape.none",
  causal: "lab.maskShape.causal",
  padding: "lab.maskShape.padding",
  window: "lab.maskShape.window",
  dilated: "lab.maskShape.dilated",
  strided: "lab.maskShape.strided",
  longformer: "lab.maskShape.longformer",
  bigbird: "lab.maskShape.bigbird",
  block: "lab.maskShape.block",
  prefix: "lab.maskShape.prefix",
  segments: "lab.maskShape.segments",
  drawn: "lab.maskShape.drawn",
} as const;

const SWITCHES = {
  shape: { kind: "choice", label: "lab.maskShape.shape", options: SHAPES, rest: "strided" },
  k: { kind: "number", label: "lab.maskShape.k", min: 1, max: 32, step: 1, rest: 4 },
  direction: {
    kind: "choice",
    label: "lab.concentrate.direction",
    options: { causal: "lab.concentrate.direction.causal", both: "lab.concentrate.direction.both" },
    rest: "causal",
  },
  drawing: { kind: "text", length: 2000, rest: "" },
} as const;

type Values = FigureProps<typeof SWITCHES>["values"];

/** Global tokens, and random keys of each query, in the schemes that have them. */
const GLOBALS = 1;
const RANDOM = 2;

function maskOf({ shape, k, direction, drawing }: Values, n: number): MaskSpec {
  const causal = direction === "causal";
  switch (shape) {
    case "none":
    case "causal":
      return { kind: shape };
    case "window":
    case "block":
      return { kind: shape, size: k, causal };
    case "dilated":
      return { kind: shape, step: k, causal };
    case "strided":
      return { kind: shape, size: k, step: k, causal };
    case "longformer":
      return { kind: shape, size: k, globals: GLOBALS, causal };
    case "bigbird":
      return { kind: shape, size: k, globals: GLOBALS, random: RANDOM, seed: 1, causal };
    case "prefix":
      return { kind: shape, length: k };
    case "padding":
      return { kind: "drawn", rows: paddedRows(n, k, causal), causal };
    case "segments":
      return { kind: shape, size: k, memory: k };
    case "drawn":
      return { kind: shape, rows: unpackRows(drawing, n), causal };
    default:
      return shape satisfies never;
  }
}

/** Rows of n tokens whose last k only fill a batch up: no query sees those. */
function paddedRows(n: number, k: number, causal: boolean): DrawnRows {
  const real = Math.max(0, n - k);
  return Array.from({ length: n }, (_, i) =>
    "1".repeat(causal ? Math.min(i + 1, real) : real).padEnd(n, "0"),
  );
}

/** What a scheme costs by its formula, with the very n and k. */
function costOf(
  shape: Values["shape"],
  n: number,
  k: number,
): { readonly formula: string; readonly value: number } {
  switch (shape) {
    case "padding":
      return { formula: "n·(n − k)", value: n * Math.max(0, n - k) };
    case "window":
      return { formula: "n·k", value: n * k };
    case "dilated":
      return { formula: "n²/k", value: (n * n) / k };
    case "strided":
      return { formula: "n·k + n²/k", value: n * k + (n * n) / k };
    case "longformer":
      return { formula: "n·(k + g)", value: n * (k + GLOBALS) };
    case "bigbird":
      return { formula: "n·(k + g + r)", value: n * (k + GLOBALS + RANDOM) };
    case "block":
      return { formula: "n·k", value: n * k };
    case "segments":
      return { formula: "n·(k + m)", value: n * 2 * k };
    default:
      return { formula: "n²", value: n * n };
  }
}

function MaskShape({ values, set }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const looked = useLooked();
  const live = useLive();
  const n = live === null ? 0 : tokensAlong("query_pos", live, looked).length;
  const mask = useMemo(() => maskOf(values, n), [values, n]);
  const hidden = useMemo(() => hiddenCells(mask, 0, n, n, null), [mask, n]);
  const seen = Float32Array.from(hidden, (each) => 1 - each);
  const pairs = seen.reduce((sum, each) => sum + each, 0);
  const empty = Array.from({ length: n }, (_, i) => i).filter(
    (i) => !seen.subarray(i * n, (i + 1) * n).includes(1),
  ).length;
  const { shape, k, direction } = values;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the switches these alone say how many
  const longer = useMemo(() => [512, 4096].map((size) => pairsAt(values, size)), [shape, k, direction]);
  const cost = costOf(values.shape, n, values.k);
  const toggle = ({ row, column }: { row: number; column: number }) => {
    const rows: DrawnRows = Array.from({ length: n }, (_, i) =>
      Array.from(seen.subarray(i * n, (i + 1) * n), (each, j) =>
        i === row && j === column ? String(1 - each) : String(each),
      ).join(""),
    );
    set({ shape: "drawn", drawing: packRows(rows) });
  };
  const notice = ({ before, after }: Passes) => (
    <Notice>
      <T
        id="lab.maskShape.say"
        values={{ n, k: values.k, all: count(n * n), formula: cost.formula }}
        components={{
          pairs: <b data-fact="pairs">{count(pairs)}</b>,
          share: <b>{percent(pairs / (n * n))}</b>,
          cost: <b>{number(cost.value)}</b>,
          bits: <b>{number(outputShift(before, after, looked.query) ?? Number.NaN)}</b>,
        }}
      />{" "}
      {empty > 0 && t("lab.maskShape.empty", { rows: empty })}
    </Notice>
  );
  if (live === null) return <p className={parts.waiting}>{t("lab.waiting")}</p>;
  return (
    <>
      <div className={parts.beside}>
        <Patterns
          queries={tokensAlong("query_pos", live, looked)}
          pictures={[{ name: t("lab.maskShape.mask"), data: seen, kind: "pattern" }]}
          onCell={toggle}
        />
        <FactTable
          label={t("lab.maskShape.cost")}
          columns={[t("lab.maskShape.here"), "n = 512", "n = 4,096"]}
          facts={[
            {
              name: t("lab.maskShape.pairs"),
              values: [count(pairs), ...longer],
            },
            {
              name: cost.formula,
              values: [n, 512, 4096].map((size) =>
                count(Math.round(costOf(values.shape, size, values.k).value)),
              ),
            },
            // A scheme that costs as much as all pairs has that row already.
            ...(cost.formula === "n²"
              ? []
              : [{ name: "n²", values: [n, 512, 4096].map((size) => count(size * size)) }]),
          ]}
        />
      </div>
      <p className={parts.rowName}>{t("lab.maskShape.hint")}</p>
      <VariantFigure variant={[{ kind: "mask", mask }]} notice={notice} />
    </>
  );
}

/** Pairs that a scheme really computes of a longer text; a drawing reaches no further than it was drawn. */
function pairsAt(values: Values, n: number): string | null {
  if (values.shape === "drawn" || n > 512) return null;
  const hidden = hiddenCells(maskOf(values, n), 0, n, n, null);
  return count(hidden.reduce((sum, each) => sum + 1 - each, 0));
}

export const maskShape = card(SWITCHES, MaskShape);
