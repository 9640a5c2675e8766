import type { HeadFacts } from "../../analysis/heads/headFacts";
import { Disclosure } from "../../components/Disclosure";
import { useT } from "../../i18n/I18n";
import { useOption } from "../../store/SettingsContext";
import { HeadItem } from "./HeadItem";
import styles from "./HeadList.module.css";
import { inOrder } from "./headOrder";

/** How many heads are listed before the rest is folded away. */
const SHOWN = 6;

/** The heads that are wanted, in the order that is wanted. */
export function HeadList({ facts }: { facts: readonly HeadFacts[] }) {
  const t = useT();
  const [sort] = useOption("headSort");
  const sorted = inOrder(facts, sort);
  const rest = sorted.slice(SHOWN);
  const most = Math.max(1, ...facts.map(({ effectiveKeys }) => effectiveKeys));
  const item = (fact: HeadFacts) => (
    <HeadItem
      key={`${fact.site} ${fact.head}`}
      fact={fact}
      mostKeys={sort === "narrow" || sort === "wide" ? most : null}
    />
  );
  return (
    <div data-spare={2}>
      <ul aria-label={t("heads.list")} className={styles.list}>
        {sorted.slice(0, SHOWN).map(item)}
      </ul>
      {rest.length > 0 && (
        <Disclosure name={t("heads.more", { count: rest.length })}>
          <ul aria-label={t("heads.rest")} className={styles.list}>
            {rest.map(item)}
          </ul>
        </Disclosure>
      )}
    </div>
  );
}
