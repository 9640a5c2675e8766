import { NotAvailableError, UnknownSiteError } from "../../engine/errors";
import type { ModelSpec } from "../../engine/spec";
import { readByVariant, unexplained } from "./available";
import type { Expression, SiteReference } from "./expression";
import { EQUATIONS, type FormulaId } from "./formulas";
import { type Place, placeOf } from "./place";
import type { Rule } from "./rule";
import { ATTN_RULES } from "./rules/attention";
import { BLOCK_RULES } from "./rules/block";
import { EMBED_RULES } from "./rules/embed";
import { NORM_RULES } from "./rules/norm";
import { OUTPUT_RULES } from "./rules/output";

/** Where one number of a trace comes from. */
export interface Explanation {
  readonly site: string;
  readonly index: readonly number[];
  readonly formula: FormulaId;
  /** Number of the formula in docs/maths.md. */
  readonly equation: number;
  readonly expression: Expression;
}

/**
 * Which numbers the cell `index` of `site` was made from, and how. Reads the architecture alone, no trace and no weights:
 * `evaluate` then gives the number, `terms` its contributions, `needs` the weights to fetch. An edited site does not
 * follow its explanation. Throws UnknownSiteError where this architecture has no such site, and NotAvailableError for what
 * only a variant computes.
 */
export function explain(spec: ModelSpec, site: string, index: readonly number[]): Explanation {
  const place = placeOf(spec, site);
  const variant = unexplained(place);
  if (variant !== null) throw new NotAvailableError({ what: `explanations of ${site}`, variant });
  const { formula, expression } = ruleOf(place).explain(place, index);
  return { site, index, formula, equation: EQUATIONS[formula], expression };
}

/**
 * Every cell that is made from the cell `index` of `site`; null in an index stands for all entries of that axis. `last` is
 * the last position that is not padding: a model that classifies there reads no other; without it, each is listed. Nothing
 * is listed where a variant computes what comes next.
 */
export function usedBy(
  spec: ModelSpec,
  site: string,
  index: readonly number[],
  last?: number,
): readonly SiteReference[] {
  const place = placeOf(spec, site);
  if (readByVariant(place)) return [];
  return ruleOf(place).next(place, index, last);
}

const OWN_RULES: Record<string, Rule> = { ...EMBED_RULES, ...BLOCK_RULES, ...OUTPUT_RULES };
const NORM_TABLE: Record<string, Rule> = NORM_RULES;
const ATTN_TABLE: Record<string, Rule> = ATTN_RULES;
const TABLES: Record<Place["part"], Record<string, Rule>> = {
  attn: ATTN_TABLE,
  cross_attn: ATTN_TABLE,
  ln1: NORM_TABLE,
  ln2: NORM_TABLE,
  ln3: NORM_TABLE,
  ln_final: NORM_TABLE,
  "embed.ln": NORM_TABLE,
  "mlm_head.ln": NORM_TABLE,
  "": OWN_RULES,
};

function ruleOf(place: Place): Rule {
  const rule = TABLES[place.part][place.local];
  if (rule === undefined) throw new UnknownSiteError({ site: place.site, model: place.spec.family });
  return rule;
}
