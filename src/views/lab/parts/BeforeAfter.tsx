import { memo, type ReactNode, useMemo } from "react";
import { first } from "../../../engine/tensor";
import type { Trace } from "../../../engine/trace";
import { useT } from "../../../i18n/I18n";
import { boundsOf, patternSite } from "../../../store/follow";
import { useLooked } from "../../../store/SessionContext";
import { clampSelection } from "../../../store/selection";
import { tokensAlong } from "../../../viz/siteView";
import { HeadChoice } from "./HeadChoice";
import { OutputChange } from "./OutputChange";
import styles from "./Parts.module.css";
import { Patterns } from "./Patterns";
import { StreamChange } from "./StreamChange";

interface Props {
  before: Trace;
  /** null while the changed pass has not come yet. */
  after: Trace | null;
  /** What else is to be said in numbers, beside the output and the stream. */
  children?: ReactNode;
}

/**
 * A pass and its change, side by side: the pattern of the chosen head and its difference, the output, the stream. Drawn again for
 * another pass, not while a switch waits for its own.
 */
export const BeforeAfter = memo(function BeforeAfter({ before, after, children }: Props) {
  const t = useT();
  const looked = clampSelection(useLooked(), boundsOf(before));
  const { stack, attention, layer, head } = looked;
  // Each by itself: the original is not drawn again for another change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: of what is looked at these alone name the pattern
  const from = useMemo(() => patternOf(before, looked), [before, stack, attention, layer, head]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same
  const to = useMemo(() => patternOf(after, looked), [after, stack, attention, layer, head]);
  const pair = useMemo(() => pairOf(from, to), [from, to]);
  const difference = useMemo(
    () => pair?.after.map((value, at) => value - (pair.before[at] ?? 0)) ?? new Float32Array(),
    [pair],
  );
  if (after === null || pair === null) return <p className={styles.waiting}>{t("lab.waiting")}</p>;
  return (
    <>
      <HeadChoice trace={before} />
      <Patterns
        queries={tokensAlong("query_pos", before, looked)}
        keys={tokensAlong("key_pos", before, looked)}
        pictures={[
          { name: t("lab.original"), data: pair.before, kind: "pattern" },
          { name: t("lab.changed"), data: pair.after, kind: "pattern" },
          { name: t("lab.difference"), data: difference, kind: "signed" },
        ]}
      />
      <div className={styles.beside} data-spare={2}>
        <OutputChange before={before} after={after} />
        {children}
        <StreamChange before={before} after={after} />
      </div>
    </>
  );
});

/** The looked head's pattern before and after; null where the two are not of the same tokens, or a trace lacks it. */
export function patternsOf(before: Trace, after: Trace | null, looked: Looked): Pair | null {
  return pairOf(patternOf(before, looked), patternOf(after, looked));
}

type Looked = Parameters<typeof patternSite>[0];

interface Pair {
  readonly before: Float32Array;
  readonly after: Float32Array;
}

/** The looked head's pattern; of a trace with fewer heads the one that took its place. */
function patternOf(trace: Trace | null, looked: Looked): Float32Array | null {
  const pattern = trace?.sites[patternSite(looked)];
  return pattern === undefined ? null : first(pattern, looked.head % (pattern.shape[0] ?? 1)).data;
}

function pairOf(before: Float32Array | null, after: Float32Array | null): Pair | null {
  return before === null || after === null || before.length !== after.length ? null : { before, after };
}
