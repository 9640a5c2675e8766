import type { HeadFacts } from "../../analysis/heads/headFacts";
import select from "../../components/Select.module.css";
import { useT } from "../../i18n/I18n";
import { HEAD_SORTS } from "../../store/options";
import { useOption } from "../../store/SettingsContext";
import styles from "./HeadList.module.css";
import { kindsOf } from "./headOrder";
import { kindName } from "./names";

/** In which order heads are listed, and which of them. */
export function HeadTools({ facts }: { facts: readonly HeadFacts[] }) {
  const t = useT();
  const [sort, setSort] = useOption("headSort");
  const [only, setOnly] = useOption("headKind");
  const kinds = kindsOf(facts);
  const shown = kinds.some(({ kind }) => kind === only) ? only : "all";
  return (
    <div className={styles.tools} data-spare={3}>
      <select
        aria-label={t("heads.only")}
        className={select.select}
        value={shown}
        onChange={(event) => setOnly(event.currentTarget.value)}
      >
        <option value="all">{t("heads.only.all", { count: facts.length })}</option>
        {kinds.map(({ kind, count }) => (
          <option key={kind} value={kind}>
            {t("heads.only.kind", { kind: kindName(t, kind), count })}
          </option>
        ))}
      </select>
      <select
        aria-label={t("heads.sort")}
        className={select.select}
        value={sort}
        onChange={(event) => {
          const next = HEAD_SORTS.find((each) => each === event.currentTarget.value);
          if (next !== undefined) setSort(next);
        }}
      >
        {HEAD_SORTS.map((each) => (
          <option key={each} value={each}>
            {t(`heads.sort.${each}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
