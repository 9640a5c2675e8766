import { memo, useMemo } from "react";
import { first } from "../../../engine/tensor";
import type { Trace } from "../../../engine/trace";
import { useT } from "../../../i18n/I18n";
import { patternSite } from "../../../store/follow";
import { useLooked } from "../../../store/SessionContext";
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
}

/**
 * A pass and its change, side by side: the pattern of the chosen head and its difference, the output, the stream. Drawn again for
 * another pass, not while a switch waits for its own.
 */
export const BeforeAfter = memo(function BeforeAfter({ before, after }: Props) {
  const t = useT();
  const looked = useLooked();
  const { stack, attention, layer, head } = looked;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of what is looked at these alone name the patterns
  const pair = useMemo(
    () => patternsOf(before, after, looked),
    [before, after, stack, attention, layer, head],
  );
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
      <div className={styles.beside}>
        <OutputChange before={before} after={after} />
        <StreamChange before={before} after={after} />
      </div>
    </>
  );
});

/** The looked head's pattern before and after; null where the two are not of the same tokens, or a trace lacks it. */
export function patternsOf(
  before: Trace,
  after: Trace | null,
  looked: Parameters<typeof patternSite>[0],
): { readonly before: Float32Array; readonly after: Float32Array } | null {
  const site = patternSite(looked);
  const from = before.sites[site];
  const to = after?.sites[site];
  if (from === undefined || to === undefined || looked.head >= (from.shape[0] ?? 0)) return null;
  const pair = {
    before: first(from, looked.head).data,
    after: first(to, looked.head % (to.shape[0] ?? 1)).data,
  };
  return pair.before.length === pair.after.length ? pair : null;
}
