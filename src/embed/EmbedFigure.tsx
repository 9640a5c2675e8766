import { Suspense } from "react";
import { FIGURES } from "../app/figures";
import { FigureBoundary } from "../components/FigureBoundary";
import { useT } from "../i18n/I18n";
import { toFragment } from "../store/fragment";
import { linkOf } from "../store/permalink";
import { useSession } from "../store/SessionContext";
import { useSettings } from "../store/SettingsContext";
import type { View } from "../store/views";
import { Prompt } from "../views/prompt/Prompt";
import styles from "./Embed.module.css";

/** Views of which nothing is left without a model. */
const NEED_A_MODEL: ReadonlySet<View> = new Set(["decode", "lab", "training", "digits"]);

/** The sentence and its controls where they are wanted, the view, and the way to the full page. */
export function EmbedFigure({ controls }: { controls: boolean }) {
  const t = useT();
  const view = useSettings((settings) => settings.view);
  const Figure = FIGURES[view];
  const run = useSession((session) => session.runs[0]);
  const isGiven = run?.run.source.kind === "trace";
  const failed = run?.error != null;
  return (
    <main className={styles.figure} data-view={view}>
      <h1 className="spoken">{t("app.title")}</h1>
      {((controls && !isGiven) || failed) && (
        <FigureBoundary>
          <Prompt />
        </FigureBoundary>
      )}
      <div className={styles.view}>
        {isGiven && NEED_A_MODEL.has(view) ? (
          <p role="status">{t("share.embed.given.none", { view: t(`app.view.${view}`) })}</p>
        ) : run?.trace == null ? (
          !failed && <p role="status">{t("share.embed.waiting")}</p>
        ) : (
          <FigureBoundary>
            <Suspense fallback={<p role="status">{t("share.embed.waiting")}</p>}>
              <Figure />
            </Suspense>
          </FigureBoundary>
        )}
      </div>
      {isGiven ? <p className={styles.given}>{t("share.embed.given")}</p> : <OpenLink />}
    </main>
  );
}

/** Opens the full page in the same state. */
function OpenLink() {
  const t = useT();
  const session = useSession((state) => state);
  const settings = useSettings((state) => state);
  return (
    <p className={styles.open}>
      <a href={`./#${toFragment(linkOf(session, settings))}`} target="_blank" rel="noopener">
        {t("share.embed.open")}
      </a>
    </p>
  );
}
