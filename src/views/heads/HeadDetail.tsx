import { useMemo } from "react";
import type { HeadFacts } from "../../analysis/heads/headFacts";
import { LABELS, type Label } from "../../analysis/heads/labels";
import { type HeadName, similarHeads } from "../../analysis/heads/similar";
import { Disclosure } from "../../components/Disclosure";
import type { Tensor } from "../../engine/tensor";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useSession, useSessionStore } from "../../store/SessionContext";
import { number, percent } from "../../viz/format";
import { tokensAlong } from "../../viz/siteView";
import styles from "./HeadList.module.css";
import { kindOfHead } from "./headOrder";
import { headCode, kindName } from "./names";

interface Props {
  facts: readonly HeadFacts[];
  /** Patterns by site: [head, query_pos, key_pos], each row summing to one. */
  patterns(): ReadonlyMap<string, Tensor>;
}

const SIMILAR = 5;

/** The chosen head: how many keys it really uses, how well each label fits it, and which heads are like it. */
export function HeadDetail({ facts, patterns }: Props) {
  const t = useT();
  const selection = useSession((session) => session.selection);
  const trace = useSession((session) => session.runs[0]?.trace ?? null);
  const { stack, attention, layer, head } = selection;
  const fact = facts.find(
    (each) => each.stack === stack && each.place === attention && each.layer === layer && each.head === head,
  );
  if (fact === undefined || trace === null) return null;
  const code = headCode(t, { stack, attention, layer }, head);
  const keys = tokensAlong("key_pos", trace, selection).length;
  return (
    <div className={styles.detail}>
      <p>
        <T
          id="heads.say"
          values={{ keys: number(fact.effectiveKeys), count: keys, bits: number(fact.entropy) }}
          components={{
            head: <b>{code}</b>,
            means: t(`heads.means.${kindOfHead(fact)}`, { share: percent(fact.scores.broad ?? 0) }),
          }}
        />
      </p>
      <div className={styles.more} data-spare={3}>
        <Disclosure name={t("heads.scores", { head: code })}>
          <Scores fact={fact} />
        </Disclosure>
        <Disclosure name={t("heads.similar", { head: code })}>
          <Similar facts={facts} patterns={patterns} of={fact} />
        </Disclosure>
      </div>
    </div>
  );
}

/** Every label with its score. */
function Scores({ fact }: { fact: HeadFacts }) {
  const t = useT();
  return (
    <dl className={styles.scores}>
      {(Object.keys(LABELS) as Label[]).map((label) => (
        <div key={label} data-on={fact.label?.label === label || undefined}>
          <dt>{kindName(t, label)}</dt>
          <dd>{fact.scores[label] === null ? t("heads.scores.none") : number(fact.scores[label])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The heads whose patterns on this text are nearest to the chosen one's. */
function Similar({ facts, patterns, of }: Props & { of: HeadName }) {
  const t = useT();
  const store = useSessionStore();
  const { site, head } = of;
  const found = useMemo(() => similarHeads(patterns(), { site, head }, SIMILAR), [patterns, site, head]);
  return (
    <ol aria-label={t("heads.similar.list")} className={styles.similar}>
      {found.map((other) => {
        const fact = facts.find((each) => each.site === other.site && each.head === other.head);
        if (fact === undefined) return null;
        const { stack, layer, place: attention } = fact;
        const place = { stack, attention, layer, head: fact.head };
        return (
          <li key={`${other.site} ${other.head}`}>
            <button
              type="button"
              onPointerEnter={(event) => event.pointerType !== "touch" && store.getState().look(place)}
              onPointerLeave={() => store.getState().look(null)}
              onClick={() => {
                store.getState().look(null);
                store.getState().select(place);
              }}
            >
              <span className={styles.code}>{headCode(t, place, fact.head)}</span>
              <span>{t("heads.similar.apart", { bits: number(other.divergence) })}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
