import { useEffect, useState } from "react";
import { I18nProvider } from "../i18n/I18n";
import { SessionProvider } from "../store/SessionContext";
import { SettingsProvider, useSettings } from "../store/SettingsContext";
import { EmbedFigure } from "./EmbedFigure";
import type { Embed } from "./openEmbed";
import { StartButton } from "./StartButton";
import { useFonts } from "./useFonts";
import { useHeight } from "./useHeight";
import { useVisible } from "./useVisible";

/** One figure on a page of someone else. It starts when it is seen, or when it is asked to. */
export function EmbedApp({ embed }: { embed: Embed }) {
  return (
    <SettingsProvider store={embed.settings}>
      <Spoken>
        <SessionProvider store={embed.session}>
          <Started embed={embed} />
        </SessionProvider>
      </Spoken>
    </SettingsProvider>
  );
}

function Spoken({ children }: { children: React.ReactNode }) {
  const language = useSettings((settings) => settings.language);
  const theme = useSettings((settings) => settings.theme);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return <I18nProvider language={language}>{children}</I18nProvider>;
}

function Started({ embed }: { embed: Embed }) {
  const [asked, setAsked] = useState(!embed.click);
  const isSeen = useVisible();
  const started = asked && (isSeen || embed.now);
  useHeight();
  useFonts();
  useEffect(() => {
    if (started) embed.start();
  }, [started, embed]);
  if (!asked) return <StartButton onStart={() => setAsked(true)} />;
  return <EmbedFigure controls={embed.controls} />;
}
