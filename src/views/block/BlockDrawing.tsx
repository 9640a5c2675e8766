import { normOf } from "../../analysis/matrix";
import type { StackSpec } from "../../engine/spec";
import { useT } from "../../i18n/I18n";
import { number } from "../../viz/format";
import { wiring } from "../../viz/wiring";
import styles from "./Block.module.css";
import { BlockBranch } from "./BlockBranch";
import type { BlockFacts } from "./blockFacts";
import { StripRects } from "./StripRects";

interface Props {
  facts: BlockFacts;
  stack: StackSpec;
  layer: number;
}

/** A block drawn as it is wired, with the numbers of one token. */
export function BlockDrawing({ facts, stack, layer }: Props) {
  const t = useT();
  const block = stack.layers[layer];
  if (block === undefined) return null;
  const { width, height, stream, branches } = wiring(
    facts.branches.map(({ normalised }) => ({ hasNorm: normalised !== null })),
    block,
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing whose boxes are buttons
    <div
      role="group"
      aria-label={t("block.drawing")}
      className={styles.room}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a drawing that scrolls on narrow screens must be reachable by keyboard
      tabIndex={0}
    >
      <svg
        role="presentation"
        viewBox={`0 0 ${width} ${height}`}
        // However many parts it has, its words are about as large as those around it.
        style={{ "--wide": `${width}px` }}
        className={styles.drawing}
      >
        {stream.map((path) => (
          <path key={path} d={path} className={styles.stream} />
        ))}
        <text x={10} y={16}>
          {t("block.enters", { norm: number(normOf(facts.enters)) })}
        </text>
        <StripRects values={facts.enters} x={10} y={48} width={96} />
        {facts.branches.map((branch, at) => {
          const drawing = branches[at];
          return drawing === undefined ? null : (
            <BlockBranch key={branch.kind} facts={branch} drawing={drawing} block={block} />
          );
        })}
      </svg>
    </div>
  );
}
