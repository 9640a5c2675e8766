import { normOf } from "../../analysis/matrix";
import type { BlockSpec } from "../../engine/spec";
import { useT } from "../../i18n/I18n";
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

/** One sublayer: its wires, boxes and ⊕, what it writes, and the stream after it. */
export function BlockBranch({ facts, drawing, block }: Props) {
  const t = useT();
  const { box, norm, plus, wires, writes, normText, after } = drawing;
  const isMlp = facts.kind === "mlp";
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
          {t(block.norm?.kind === "rms" ? "block.rms" : "block.moments", {
            mean: number(facts.normalised.before.mean),
            spread: number(facts.normalised.before.deviation),
          })}
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
