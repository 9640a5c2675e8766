import { loadLanguage } from "../i18n/I18n";
import { preferredLanguage } from "../i18n/language";
import { fromFragment } from "../store/fragment";
import { FIRST_MODEL } from "../store/models";
import { followAddress, openingOf } from "../store/permalink";
import { textOf } from "../store/run";
import { createSession, type SessionStore } from "../store/session";
import { createSettings, type SettingsStore } from "../store/settings";
import { recall, remember } from "../store/storage";
import { FIRST_EXAMPLE, pairOf } from "../views/prompt/examples";
import { connectWorker } from "../worker/browserWorker";
import { createClient } from "../worker/client";
import { storedExample } from "./storedExample";

interface Opened {
  readonly session: SessionStore;
  readonly settings: SettingsStore;
  /** Resolves when the page can be drawn in the reader's language. */
  readonly ready: Promise<void>;
}

/** Begins the page: what the address says, else what the last visit left, else what the browser prefers. */
export function openPage(window: Window): Opened {
  const storage = () => window.localStorage;
  const link = fromFragment(window.location.hash);
  const remembered = recall(storage);
  const settings = createSettings({
    theme: link.theme ?? remembered.theme ?? "auto",
    language: link.language ?? remembered.language ?? preferredLanguage(window.navigator.languages),
    transpose: link.transpose ?? remembered.transpose ?? false,
  });
  settings.subscribe((state) => remember(storage, state));

  const fallback = { model: FIRST_MODEL, text: FIRST_EXAMPLE.text };
  const engine = createClient(connectWorker, window.document.baseURI);
  const session = createSession(engine, openingOf(link, fallback));
  const isFirstVisit = link.text === undefined && link.model === undefined;
  if (isFirstVisit) session.getState().setText(FIRST_EXAMPLE.text, pairOf(FIRST_EXAMPLE));
  else session.getState().start();
  paintExample(session, window.document.baseURI);
  followAddress(window, session, settings, fallback);
  return { session, settings, ready: loadLanguage(settings.getState().language).catch(() => undefined) };
}

/** Paints the stored trace at once where it is what the page is about to show. */
function paintExample(session: SessionStore, base: string): void {
  const source = () => session.getState().runs[0]?.run.source;
  const isExample = () => source()?.model === FIRST_MODEL && textOf(source()) === FIRST_EXAMPLE.text;
  if (!isExample()) return;
  void storedExample(FIRST_MODEL, base).then((trace) => {
    if (trace !== null && isExample()) session.getState().show(trace);
  });
}
