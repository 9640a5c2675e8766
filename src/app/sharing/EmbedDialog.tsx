import { useState } from "react";
import { CheckBox } from "../../components/CheckBox";
import { Dialog } from "../../components/Dialog";
import { NumberField } from "../../components/NumberField";
import { Segmented } from "../../components/Segmented";
import select from "../../components/Select.module.css";
import { useT } from "../../i18n/I18n";
import { LANGUAGE_NAMES, LANGUAGES } from "../../i18n/language";
import { T } from "../../i18n/T";
import { useSession } from "../../store/SessionContext";
import { useSettings } from "../../store/SettingsContext";
import { THEMES } from "../../store/settings";
import { VIEWS } from "../../store/views";
import { elementId } from "../../views/lab/showExperiment";
import { Copyable } from "./Copyable";
import { EmbedPreview } from "./EmbedPreview";
import { ExperimentChoice } from "./ExperimentChoice";
import { type EmbedOptions, embedAddress, FORMS, type Form, previewAddress } from "./embedCode";
import { nearest } from "./nearest";
import styles from "./Sharing.module.css";
import { useFragment } from "./useFragment";

/** Pixels of a figure that has not told its height yet. */
const USUAL = 620;

/** A live figure for a page of the reader's own: what it shows, how it looks, the code that puts it there. */
export function EmbedDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  const { view, language } = useSettings((settings) => settings);
  const [options, setOptions] = useState<EmbedOptions>({
    view,
    controls: true,
    click: false,
    theme: "auto",
    language,
    height: null,
  });
  const open = useSession((session) => session.experiments.open);
  // What was touched or linked to last is what its reader means, though the button stands far above it.
  const [experiment, setExperiment] = useState(() => open ?? cardInView());
  const fragment = useFragment(options.view === "lab" ? experiment : undefined);
  // The preview's own height, once it has told it.
  const [own, setOwn] = useState(USUAL);
  const height = options.height ?? own;
  const [form, setForm] = useState<Form>("html");
  const change = (part: Partial<EmbedOptions>) => setOptions((old) => ({ ...old, ...part }));
  const address = embedAddress(document.baseURI, fragment, options);
  const title = `Sightline: ${t(`app.view.${options.view}`)}`;
  return (
    <Dialog title={t("embed.title")} close={t("share.close")} onClose={onClose}>
      <div className={styles.stack}>
        <div className={styles.options}>
          <label className={styles.field}>
            <T id="embed.view" />
            <select
              className={select.select}
              value={options.view}
              onChange={(event) => {
                const chosen = VIEWS.find((each) => each === event.currentTarget.value);
                if (chosen !== undefined) change({ view: chosen });
              }}
            >
              {VIEWS.map((each) => (
                <option key={each} value={each}>
                  {t(`app.view.${each}`)}
                </option>
              ))}
            </select>
          </label>
          <NumberField
            label={t("embed.height")}
            value={height}
            min={160}
            max={4000}
            step={20}
            onChange={(chosen) => change({ height: chosen })}
          />
        </div>
        {options.view === "lab" && <ExperimentChoice chosen={experiment} onChoose={setExperiment} />}
        <div className={styles.choices}>
          <Segmented<EmbedOptions["theme"]>
            label={t("embed.theme")}
            choices={THEMES.map((id) => ({ id, name: t(`embed.theme.${id}`) }))}
            chosen={options.theme}
            onChoose={(theme) => change({ theme })}
          />
          <Segmented<EmbedOptions["language"]>
            label={t("embed.language")}
            choices={LANGUAGES.map((id) => ({ id, name: LANGUAGE_NAMES[id] }))}
            chosen={options.language}
            onChoose={(chosen) => change({ language: chosen })}
          />
        </div>
        <div className={styles.choices}>
          <CheckBox checked={options.controls} onChange={(controls) => change({ controls })}>
            <T id="embed.controls" />
          </CheckBox>
          <CheckBox checked={options.click} onChange={(click) => change({ click })}>
            <T id="embed.click" />
          </CheckBox>
        </div>
        <Segmented<Form>
          label={t("embed.as")}
          choices={(["html", "markdown", "link"] as const).map((id) => ({
            id,
            name: t(`embed.as.${id}`),
          }))}
          chosen={form}
          onChoose={setForm}
        />
        <Copyable label={t("embed.code")} text={FORMS[form]({ address, title, height })} rows={5} />
        <p className={styles.hint}>
          <T id="embed.hint" />
        </p>
        <EmbedPreview
          address={previewAddress(address)}
          title={`${t("embed.preview")}: ${title}`}
          height={height}
          onHeight={setOwn}
        />
      </div>
    </Dialog>
  );
}

/** The experiment of the lab that is looked at, if the page shows any. */
function cardInView(): string | null {
  const cards = [...document.querySelectorAll<HTMLElement>(`article[id^="${elementId("")}"]`)];
  return nearest(cards)?.id.slice(elementId("").length) ?? null;
}
