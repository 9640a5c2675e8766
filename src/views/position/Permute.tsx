import { useState } from "react";
import { moved, shuffled } from "../../analysis/permutation";
import { CheckBox } from "../../components/CheckBox";
import { Hint } from "../../components/Say";
import type { AttentionSpec, StackSpec } from "../../engine/spec";
import type { Trace } from "../../engine/trace";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useSession } from "../../store/SessionContext";
import { PermuteResult } from "./PermuteResult";
import styles from "./Position.module.css";
import { schemeOf } from "./positionFacts";
import { usePermutation, withoutPositions } from "./usePermutation";
import { WordOrder } from "./WordOrder";

interface Props {
  trace: Trace;
  stack: StackSpec;
  attention: AttentionSpec;
  /** Its rank among what is left out where there is no room. */
  spare: number | undefined;
}

/** The words in another order, run by the engine: does the pattern come along? */
export function Permute({ trace, stack, attention, spare }: Props) {
  const t = useT();
  const isLive = useSession(({ runs: [run] }) => run?.status === "ready" && run.input !== null);
  const isPair = useSession((session) => new Set(session.runs[0]?.input?.tokenTypeIds).size > 1);
  const [seed, setSeed] = useState(1);
  const canRun = trace.spec.stacks.length === 1 && stack.embed.kind === "tokens" && !isPair;
  const permutation = usePermutation(trace, stack, canRun);
  const { words, order, bare, change } = permutation;
  const knows = schemeOf(stack, attention).kind !== "none" && !bare;
  const isCausal = attention.mask.kind !== "none";
  if (!canRun) {
    return (
      <Hint>
        <T id="position.permute.cannot" />
      </Hint>
    );
  }
  return (
    <div className={styles.permute} data-spare={spare}>
      <h3>
        {t("position.permute")}
        <span>
          <T id="position.permute.about" />
        </span>
      </h3>
      <WordOrder
        words={words}
        order={order}
        disabled={!isLive}
        onMove={(from, to) => change({ order: moved(order, from, to) })}
      />
      <div className={styles.buttons} data-spare={3}>
        <button
          type="button"
          disabled={!isLive}
          onClick={() => {
            setSeed(seed + 1);
            change({ order: shuffled(words.length, seed) });
          }}
        >
          {t("position.shuffle")}
        </button>
        <button type="button" disabled={!isLive} onClick={() => change({ order: order.toReversed() })}>
          {t("position.reverse")}
        </button>
        <button type="button" disabled={!isLive} onClick={() => change({ order: words.map((_, at) => at) })}>
          {t("position.restore")}
        </button>
        {withoutPositions(stack).length > 0 && (
          <CheckBox checked={bare} disabled={!isLive} onChange={(next) => change({ bare: next })}>
            {t("position.bare")}
          </CheckBox>
        )}
      </div>
      <ul className={styles.conditions} aria-label={t("position.conditions")}>
        <li data-holds={!knows || undefined}>
          {t(knows ? "position.condition.positions" : "position.condition.noPositions")}
        </li>
        <li data-holds={!isCausal || undefined}>
          {t(isCausal ? "position.condition.mask" : "position.condition.noMask")}
        </li>
      </ul>
      <PermuteResult permutation={permutation} expected={!knows && !isCausal} />
    </div>
  );
}
