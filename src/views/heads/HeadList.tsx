import type { HeadFacts } from "../../analysis/heads/headFacts";
import { LABELS } from "../../analysis/heads/labels";
import { Disclosure } from "../../components/Disclosure";
import { useT } from "../../i18n/I18n";
import { HeadItem } from "./HeadItem";
import styles from "./HeadList.module.css";

/** How many named heads are listed before the rest is folded away. */
const SHOWN = 6;

/** Heads that do something with a name, the clearest first; then all others. */
export function HeadList({ facts }: { facts: readonly HeadFacts[] }) {
  const t = useT();
  const sorted = facts.toSorted((a, b) => clarity(b) - clarity(a));
  const rest = sorted.slice(SHOWN);
  return (
    <>
      <ul aria-label={t("heads.list")} className={styles.list}>
        {sorted.slice(0, SHOWN).map((fact) => (
          <HeadItem key={`${fact.site} ${fact.head}`} fact={fact} />
        ))}
      </ul>
      {rest.length > 0 && (
        <Disclosure name={t("heads.more", { count: rest.length })}>
          <ul aria-label={t("heads.rest")} className={styles.list}>
            {rest.map((fact) => (
              <HeadItem key={`${fact.site} ${fact.head}`} fact={fact} />
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  );
}

/** Particular labels before broad descriptions, by score; then the heads without a name. */
function clarity({ label }: HeadFacts): number {
  if (label === null) return -1;
  return label.score + (LABELS[label.label].general ? 0 : 1);
}
