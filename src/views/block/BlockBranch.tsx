import { normOf } from "../../analysis/matrix";
import type { BlockSpec } from "../../engine/spec";
import { useT } from "../../i18n/I18n";
import type { Translate } from "../../i18n/translator";
import { number } from "../../viz/format";
import type { BranchDrawing } from "../../viz/wiring";
import styles from "./Block.module.css";
import type { BranchFacts } from "./blockFacts";
import { StageBox } from "./StageBox";
import { StripRects } from "./StripRects";

interface Props {
  facts: BranchFacts;
  drawing: BranchDrawing;
  block: BlockSpec;
}

/** Distance of two lines of words. */
const LINE = 15;

/** One sublayer: its wires, boxes and ⊕, what it writes, and the stream after it. */
export function BlockBranch({ facts, drawing, block }: Props) {
  const t = useT();
  const { box, norm, plus, wires, writes, normText, isNarrow, after } = drawing;
  const isMlp = facts.kind === "mlp";
  const said = normWords(t, block, facts.normalised, isNarrow);
  const attention = facts.kind === "cross_attn" ? "cross_attn" : "attn";
  return (
    <g>
      {wires.map((path) => (
        <path key={path} d={path} className={styles.wire} />
      ))}
      <StageBox
        rect={box}
        name={isMlp ? t("block.mlp") : t(`block.${attention}`, { count: facts.heads })}
        tone={isMlp ? "mlp" : "heads"}
        opens={isMlp ? { step: "mlp" } : { step: "softmax", attention }}
      />
      <text x={writes.x} y={writes.y}>
        {t("block.writes", { norm: number(facts.norm), cosine: number(facts.cosine) })}
      </text>
      <StripRects values={facts.writes} x={writes.x} y={writes.y + 9} width={104} />
      {norm !== null && (
        <StageBox
          rect={norm}
          name={t("block.norm")}
          tone="norm"
          opens={isMlp ? { step: "mlp" } : { step: "normalise", attention }}
        />
      )}
      {facts.normalised !== null && (
        <text x={normText.x} y={normText.y}>
          {said.map((line, at) => (
            <tspan key={line} x={normText.x} dy={at === 0 ? 0 : LINE}>
              {line}
            </tspan>
          ))}
        </text>
      )}
      {plus !== null && (
        <g className={styles.plus}>
          <circle cx={plus.x} cy={plus.y} r={11} />
          <path d={`M${plus.x - 5} ${plus.y}h10M${plus.x} ${plus.y - 5}v10`} />
        </g>
      )}
      <text x={after.x} y={after.y}>
        {t("block.after", { norm: number(normOf(facts.sum)) })}
      </text>
    </g>
  );
}

/** What the norm takes away from the stream, in one line or two. */
function normWords(
  t: Translate,
  block: BlockSpec,
  normalised: BranchFacts["normalised"],
  isNarrow: boolean,
): readonly string[] {
  if (normalised === null) return [];
  const mean = number(normalised.before.mean);
  const spread = number(normalised.before.deviation);
  if (block.norm?.kind === "rms") return [t("block.rms", { spread })];
  return isNarrow
    ? [t("block.mean", { mean }), t("block.spread", { spread })]
    : [t("block.moments", { mean, spread })];
}
