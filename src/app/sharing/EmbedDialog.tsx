import { useState } from "react";
import { CheckBox } from "../../components/CheckBox";
import { Dialog } from "../../components/Dialog";
import { NumberField } from "../../components/NumberField";
import { Segmented } from "../../components/Segmented";
import select from "../../components/Select.module.css";
import { useT } from "../../i18n/I18n";
import { LANGUAGE_NAMES, LANGUAGES } from "../../i18n/language";
import { T } from "../../i18n/T";
import { useSettings } from "../../store/SettingsContext";
import { THEMES } from "../../store/settings";
import { VIEWS } from "../../store/views";
import { Copyable } from "./Copyable";
import { EmbedPreview } from "./EmbedPreview";
import { type EmbedOptions, embedAddress, FORMS, type Form } from "./embedCode";
import styles from "./Sharing.module.css";
import { useFragment } from "./useFragment";

/** A live figure for a page of the reader's own: what it shows, how it looks, the code that puts it there. */
export function EmbedDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  const fragment = useFragment();
  const { view, language } = useSettings((settings) => settings);
  const [options, setOptions] = useState<EmbedOptions>({
    view,
    controls: true,
    click: false,
    theme: "auto",
    language,
    height: 620,
  });
  const [form, setForm] = useState<Form>("html");
  const change = (part: Partial<EmbedOptions>) => setOptions((old) => ({ ...old, ...part }));
  const address = embedAddress(document.baseURI, fragment, options);
  const title = `Sightline: ${t(`app.view.${options.view}`)}`;
  return (
    <Dialog title={t("share.embed.title")} close={t("share.close")} onClose={onClose}>
      <div className={styles.stack}>
        <div className={styles.options}>
          <label className={styles.field}>
            <T id="share.embed.view" />
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
            label={t("share.embed.height")}
            value={options.height}
            min={160}
            max={4000}
            step={20}
            onChange={(height) => change({ height })}
          />
        </div>
        <div className={styles.choices}>
          <Segmented<EmbedOptions["theme"]>
            label={t("share.embed.theme")}
            choices={THEMES.map((id) => ({ id, name: t(`share.embed.theme.${id}`) }))}
            chosen={options.theme}
            onChoose={(theme) => change({ theme })}
          />
          <Segmented<EmbedOptions["language"]>
            label={t("share.embed.language")}
            choices={LANGUAGES.map((id) => ({ id, name: LANGUAGE_NAMES[id] }))}
            chosen={options.language}
            onChoose={(chosen) => change({ language: chosen })}
          />
        </div>
        <div className={styles.choices}>
          <CheckBox checked={options.controls} onChange={(controls) => change({ controls })}>
            <T id="share.embed.controls" />
          </CheckBox>
          <CheckBox checked={options.click} onChange={(click) => change({ click })}>
            <T id="share.embed.click" />
          </CheckBox>
        </div>
        <Segmented<Form>
          label={t("share.embed.as")}
          choices={(["html", "markdown", "link"] as const).map((id) => ({
            id,
            name: t(`share.embed.as.${id}`),
          }))}
          chosen={form}
          onChoose={setForm}
        />
        <Copyable
          label={t("share.embed.code")}
          text={FORMS[form]({ address, title, height: options.height })}
          rows={5}
        />
        <p className={styles.hint}>
          <T id="share.embed.hint" />
        </p>
        <EmbedPreview
          address={address}
          title={`${t("share.embed.preview")}: ${title}`}
          height={options.height}
        />
      </div>
    </Dialog>
  );
}
