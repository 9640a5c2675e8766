import { loadLanguage } from "../i18n/catalogue";
import { preferredLanguage } from "../i18n/language";
import type { Pair } from "../store/follow";
import { fromFragment, ignoredIn, whenReadable } from "../store/fragment";
import { lessonIn } from "../store/lessonPlace";
import type { LinkState } from "../store/link";
import { FIRST_MODEL } from "../store/models";
import { optionsIn } from "../store/options";
import { followAddress, openingOf } from "../store/permalink";
import { textOf } from "../store/run";
import { createSession, type SessionStore } from "../store/session";
import { createSettings, type SettingsStore } from "../store/settings";
import { recall, remember } from "../store/storage";
import { FIRST_VIEW } from "../store/views";
import { FIRST_EXAMPLE, pairOf } from "../views/prompt/examples";
import { breathe } from "../worker/breathe";
import { connectWorker } from "../worker/browserWorker";
import { createClient } from "../worker/client";
import { storedExample } from "./storedExample";

export interface Opened {
  readonly session: SessionStore;
  readonly settings: SettingsStore;
  /** Begins a further session over the same engine, by what a link would say. */
  open(link: Partial<LinkState>): SessionStore;
  /** Resolves when the page can be drawn in the reader's language. */
  readonly ready: Promise<void>;
}

/** Begins the page once its address can be read: at once, unless a long text is packed in it. */
export function whenOpen(window: Window, use: (opened: Opened) => void): void {
  whenReadable(window.location.hash, () => use(openPage(window)));
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
    view: link.view ?? FIRST_VIEW,
    options: optionsIn(link),
    lesson: lessonIn(link),
  });
  settings.subscribe((state) => remember(storage, state));

  const fallback = { model: FIRST_MODEL, text: FIRST_EXAMPLE.text };
  const engine = createClient(connectWorker, window.document.baseURI);
  // The thread starts while the page is drawn, not after it.
  engine.wake();
  const session = createSession(engine, openingOf(link, fallback, ignoredIn(window.location.hash)));
  followAddress(window, session, settings, fallback);
  const isFirstVisit = [link.text, link.model, link.layer, link.head].every((each) => each === undefined);
  const explore = () => {
    void begin(session, isFirstVisit ? pairOf(FIRST_EXAMPLE) : undefined, window.document.baseURI);
  };
  whenExploring(settings, explore);
  const open = (at: Partial<LinkState>) => createSession(engine, openingOf(at, fallback));
  return {
    session,
    settings,
    open,
    ready: loadLanguage(settings.getState().language).catch(() => undefined),
  };
}

/** Calls back once the page explores: a lesson has figures of its own. */
function whenExploring(settings: SettingsStore, explore: () => void): void {
  if (settings.getState().lesson === null) {
    explore();
    return;
  }
  const stop = settings.subscribe(({ lesson }) => {
    if (lesson !== null) return;
    stop();
    explore();
  });
}

/**
 * Starts the engine. Where the page begins with the example, its stored trace comes first, so that nothing that the
 * engine loads is fetched before it; the engine loads while that is drawn.
 */
async function begin(session: SessionStore, pair: Pair | undefined, base: string): Promise<void> {
  const start = () => {
    session.getState().runs.forEach((_, at) => {
      session.getState().start(at);
    });
  };
  const source = () => session.getState().runs[0]?.run.source;
  const opened = source();
  if (opened?.model !== FIRST_MODEL || textOf(opened) !== FIRST_EXAMPLE.text) return start();
  const trace = await storedExample(FIRST_MODEL, base);
  // Whoever typed in the meantime has started the engine.
  if (source() !== opened) return;
  if (trace === null && pair !== undefined) return session.getState().setText(FIRST_EXAMPLE.text, pair);
  start();
  if (trace === null) return;
  // Requests reach a new thread in a task of their own: it comes before the drawing.
  await breathe();
  if (source() === opened) session.getState().show(trace, pair);
}
