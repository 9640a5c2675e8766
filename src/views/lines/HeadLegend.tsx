import { useColourTheme } from "../../components/useColourTheme";
import { useT } from "../../i18n/I18n";
import { useLooked, useSessionStore } from "../../store/SessionContext";
import { categorical } from "../../viz/categorical";
import { headCode } from "./headCode";
import styles from "./Lines.module.css";
import { toggled } from "./options";
import type { LinesModel } from "./useLines";

/** The heads and their colours: each is switched off and on by a click; the chosen one can stand alone. */
export function HeadLegend({ model }: { model: LinesModel }) {
  const t = useT();
  const theme = useColourTheme();
  const store = useSessionStore();
  const { head, layer } = useLooked();
  const { heads, on, options, change, kind } = model;
  const chosen = heads.find((each) => each.head === head && each.layer === layer);
  return (
    <fieldset className={styles.legend}>
      <legend>{t("lines.heads")}</legend>
      <div className={styles.swatches}>
        {heads.map((each, at) => (
          <button
            key={each.id}
            type="button"
            aria-pressed={on.includes(each)}
            className={styles.swatch}
            data-chosen={each === chosen || undefined}
            style={{ "--colour": categorical(at, theme) }}
            onPointerEnter={(event) => {
              if (event.pointerType === "touch") return;
              store
                .getState()
                .look({ ...kind, layer: options.allLayers ? each.layer : layer, head: each.head });
            }}
            onPointerLeave={() => store.getState().look(null)}
            onClick={() => change({ chosenOnly: false, headsOff: toggled(offOf(model), each.id) })}
          >
            <i aria-hidden="true" />
            {headCode(t, model.kind, each)}
          </button>
        ))}
      </div>
      <div className={styles.quick}>
        <button type="button" onClick={() => change({ chosenOnly: false, headsOff: new Set() })}>
          {t("lines.heads.all")}
        </button>
        {chosen !== undefined && (
          <button
            type="button"
            onClick={() =>
              change({
                chosenOnly: false,
                headsOff: new Set(heads.filter((each) => each !== chosen).map(({ id }) => id)),
              })
            }
          >
            {t("lines.heads.only", { head: headCode(t, model.kind, chosen) })}
          </button>
        )}
      </div>
    </fieldset>
  );
}

/** The heads that are off: of those on offer while only the chosen one is drawn. */
function offOf({ options, heads, on }: LinesModel): ReadonlySet<string> {
  if (!options.chosenOnly) return options.headsOff;
  return new Set(heads.filter((each) => !on.includes(each)).map(({ id }) => id));
}
