import { TokenAt } from "../../components/TokenAt";
import { useT } from "../../i18n/I18n";
import type { Side } from "./focus";
import styles from "./Lines.module.css";
import { toggled } from "./options";
import type { LinesModel } from "./useLines";

/** Each token as a button that takes it out of the picture, as a query or as a key. */
export function TokenToggles({ model }: { model: LinesModel }) {
  const t = useT();
  const { queries, keys, options, change } = model;
  const chips = (side: Side, units: LinesModel["keys"]) => (
    // biome-ignore lint/a11y/useSemanticElements: a row of buttons is no fieldset of a form
    <div role="group" aria-label={t(`lines.tokens.${side}`)} className={styles.chips}>
      <span>{t(`lines.${side}`)}</span>
      {units.map(({ name }, at) => {
        const entry = `${side} ${name}`;
        return (
          <button
            key={name}
            type="button"
            aria-pressed={!options.tokensOff.has(entry)}
            className={styles.chip}
            onClick={() => change({ tokensOff: toggled(options.tokensOff, entry) })}
          >
            <TokenAt tokens={units} at={at} as="entry" />
          </button>
        );
      })}
    </div>
  );
  return (
    <>
      {chips("query", queries)}
      {chips("key", keys)}
    </>
  );
}
