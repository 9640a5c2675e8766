import { useMemo, useState } from "react";
import select from "../../components/Select.module.css";
import type { Trace } from "../../engine/trace";
import { fileName, slug, textOfTokens } from "../../export/names";
import { useT } from "../../i18n/I18n";
import { T } from "../../i18n/T";
import { useSession } from "../../store/SessionContext";
import { useSettings } from "../../store/SettingsContext";
import { OPENS } from "../../store/stages";
import { isAlone } from "../../store/views";
import { ExportScreen } from "./ExportScreen";
import { ExportSite } from "./ExportSite";
import { ExportWhole } from "./ExportWhole";
import { SaveStatus } from "./SaveStatus";
import styles from "./Sharing.module.css";
import { screenViews, wantedView } from "./screenViews";
import { siteChoices } from "./siteChoices";
import { useSaved } from "./useSaved";

/** What a choice of a view begins with; the site names have no such sign. */
const VIEW = "view:";

/** A view as it stands on the page, or a site of the trace: which, and the buttons that save it. */
export function ExportChoices({ trace }: { trace: Trace }) {
  const t = useT();
  const selection = useSession((session) => session.selection);
  const view = useSettings((settings) => settings.view);
  const text = textOfTokens(trace.tokens);
  const sites = useMemo(() => siteChoices(trace, selection, t), [trace, selection, t]);
  const [views] = useState(screenViews);
  // A view that has the page to itself is what its reader wants; else the numbers that are looked at.
  const [chosen, setChosen] = useState(
    isAlone(view) && views.length > 0
      ? `${VIEW}${wantedView(views)}`
      : (selection.site ?? OPENS[selection.step]),
  );
  const shown = chosen.startsWith(VIEW) ? views[Number(chosen.slice(VIEW.length))] : undefined;
  const part = sites.some((site) => site.part === chosen) ? chosen : (sites[0]?.part ?? "");
  const { saved, making, save } = useSaved();
  const nameOf = (site: string | null, extension: string, oneHead: boolean) =>
    fileName({ model: trace.modelId, text, where: selection, site, oneHead, extension });
  return (
    <div className={styles.stack}>
      <label className={styles.field}>
        <T id="export.what" />
        <select
          className={select.select}
          value={shown === undefined ? part : chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          <optgroup label={t("export.views")}>
            {views.map(({ name }, at) => (
              <option key={name} value={`${VIEW}${at}`}>
                {name}
              </option>
            ))}
          </optgroup>
          <optgroup label={t("export.sites")}>
            {sites.map((site) => (
              <option key={site.part} value={site.part}>
                {site.title === site.part ? site.part : `${site.title} · ${site.part}`}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      {shown === undefined ? (
        <ExportSite
          trace={trace}
          part={part}
          text={text}
          nameOf={(extension, oneHead) => nameOf(part, extension, oneHead)}
          save={save}
        />
      ) : (
        <ExportScreen
          view={shown}
          about={{ model: trace.modelId, text }}
          nameOf={(extension) => nameOf(slug(shown.name), extension, true)}
          save={save}
        />
      )}
      <ExportWhole trace={trace} title={`Sightline: ${text}`} nameOf={nameOf} save={save} />
      <SaveStatus making={making} saved={saved} />
    </div>
  );
}
