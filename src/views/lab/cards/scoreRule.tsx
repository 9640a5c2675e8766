import { useMemo } from "react";
import { distance } from "../../../analysis/experiments/experiment";
import { entropyOf } from "../../../analysis/heads/entropy";
import type { Trace } from "../../../engine/trace";
import type { ScoreChoice, Variant } from "../../../engine/variants";
import { useT } from "../../../i18n/I18n";
import { T } from "../../../i18n/T";
import { patternSite } from "../../../store/follow";
import { useLooked } from "../../../store/SessionContext";
import { count, number } from "../../../viz/format";
import { card, type FigureProps } from "../card";
import { Notice } from "../parts/Notice";
import { meanOverRows } from "../parts/rowFacts";
import { type Passes, VariantFigure } from "../parts/VariantFigure";
import { useLive, usePass } from "../usePass";

const RULES = {
  dot: "lab.scoreRule.dot",
  additive: "lab.scoreRule.additive",
  dense: "lab.scoreRule.dense",
  factorisedDense: "lab.scoreRule.factorisedDense",
  random: "lab.scoreRule.random",
  factorisedRandom: "lab.scoreRule.factorisedRandom",
  mixture: "lab.scoreRule.mixture",
  linear: "lab.scoreRule.linear",
  performer: "lab.scoreRule.performer",
} as const;

const SWITCHES = {
  rule: { kind: "choice", label: "lab.scoreRule.rule", options: RULES, rest: "random" },
  weights: {
    kind: "choice",
    label: "lab.weights",
    options: { own: "lab.weights.own", sibling: "lab.weights.sibling" },
    rest: "own",
  },
  seed: { kind: "number", label: "lab.seed", min: 1, max: 20, step: 1, rest: 1 },
} as const;

type Rule = keyof typeof RULES;

/** The siblings that were trained with a rule. */
const SIBLINGS: Readonly<Partial<Record<Rule, string>>> = {
  dot: "learned",
  dense: "synthesizer-dense",
  random: "synthesizer-random",
  linear: "linear",
};

function scoreOf(rule: Rule): ScoreChoice {
  switch (rule) {
    case "mixture":
      return { rule: "mixture", of: ["dot", "dense", "random"] };
    case "linear":
      return { rule: "linear", features: "elu" };
    case "performer":
      return { rule: "linear", features: "positiveRandom" };
    default:
      return { rule };
  }
}

/** Multiplications for one head's scores, with n tokens and heads d wide; the width of the hidden layer is d as well. */
function multiplications(rule: Rule, n: number, d: number): number {
  switch (rule) {
    case "additive":
      return 2 * n * d * d + n * n * d;
    case "dense":
      return n * d * d + n * n * d;
    case "factorisedDense":
      return 2 * n * d * Math.ceil(Math.sqrt(n)) + n * n;
    case "random":
      return 0;
    case "factorisedRandom":
      return n * n * 8;
    case "mixture":
      return 2 * n * n * d + n * d * d;
    default:
      return n * n * d;
  }
}

function ScoreRule({ values: { rule, weights, seed } }: FigureProps<typeof SWITCHES>) {
  const t = useT();
  const live = useLive();
  const looked = useLooked();
  const variant = useMemo(
    (): Variant => [
      { kind: "score", score: scoreOf(rule) },
      { kind: "weights", init: "normal", seed, all: false },
    ],
    [rule, seed],
  );
  const trained = weights === "sibling" ? (SIBLINGS[rule] ?? "") : null;
  // The same words the other way round: does the pattern notice?
  const reversed = useMemo(
    () =>
      live === null || live.spec.stacks.length > 1 || trained !== null
        ? null
        : { input: { ids: live.tokens.map(({ id }) => id).toReversed() }, variant },
    [live, variant, trained],
  );
  const other = usePass(reversed);
  const shift = (trace: Trace) => {
    const site = patternSite(looked);
    const [from, to] = [trace.sites[site], other.trace?.sites[site]];
    return from === undefined || to === undefined || from.data.length !== to.data.length
      ? Number.NaN
      : distance(from.data, to.data);
  };
  const notice = ({ after }: Passes) => (
    <Notice>
      <T
        id={trained === null ? `lab.scoreRule.say.${rule}` : "lab.scoreRule.say.trained"}
        components={{ shift: <b data-fact="shift">{number(shift(after))}</b> }}
      />
    </Notice>
  );
  const facts = ({ before, after }: Passes) => {
    const n = before.tokens.length;
    const d = before.spec.stacks[0]?.layers[looked.layer]?.attn.dHead ?? 1;
    return [
      { name: t("lab.scoreRule.shift"), values: [null, shift(after)] },
      {
        name: t("lab.scale.meanEntropy"),
        values: [before, after].map((trace) => meanOverRows(trace, entropyOf)),
      },
      {
        name: t("lab.scoreRule.cost", { n, d }),
        values: [count(multiplications("dot", n, d)), count(multiplications(rule, n, d))],
      },
    ];
  };
  return (
    <VariantFigure
      variant={variant}
      sibling={trained === null ? null : { base: "learned", changed: trained }}
      notice={notice}
      facts={facts}
    />
  );
}

export const scoreRule = card(SWITCHES, ScoreRule);
