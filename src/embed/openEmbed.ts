import { storedExample } from "../app/storedExample";
import { loadLanguage } from "../i18n/catalogue";
import { preferredLanguage } from "../i18n/language";
import { readAnyTrace } from "../model/traceFile";
import { fromFragment, toFragment, whenReadable, whenWritable } from "../store/fragment";
import { FIRST_MODEL, MODELS } from "../store/models";
import { optionsIn } from "../store/options";
import { linkOf, openingOf } from "../store/permalink";
import { textOf } from "../store/run";
import { createSession, type SessionStore } from "../store/session";
import { createSettings, type SettingsStore } from "../store/settings";
import { FIRST_VIEW } from "../store/views";
import { createClient } from "../worker/client";
import { connectEmbed } from "./connectEmbed";
import { fragmentSet, send } from "./messages";
import { type EmbedOptions, optionsOf } from "./options";
import { OWN_TRACE, OWN_VOCABULARY, ownFile } from "./scriptFile";

export interface Embed extends EmbedOptions {
  readonly session: SessionStore;
  readonly settings: SettingsStore;
  /** Resolves when the figure can be drawn in the reader's language. */
  readonly ready: Promise<void>;
  /** Begins to compute. */
  start(): void;
}

/** The text of an embed whose link has none. */
const FALLBACK = { model: FIRST_MODEL, text: MODELS[0]?.example ?? "" };

/** How long the state may lag behind the figure, in ms. */
const LAG = 300;

/** What the embed is asked for: its address, or the fragment that a page that works alone was saved with. */
export function fragmentOf(window: Window): string {
  return window.location.hash || (window.document.documentElement.dataset.fragment ?? "");
}

/** Begins an embed: what its address says, else what the browser prefers. Nothing is stored. */
export function openEmbed(window: Window): Embed {
  const fragment = fragmentOf(window);
  const link = fromFragment(fragment);
  const settings = createSettings({
    theme: link.theme ?? "auto",
    language: link.language ?? preferredLanguage(window.navigator.languages),
    transpose: link.transpose ?? false,
    view: link.view ?? FIRST_VIEW,
    options: optionsIn(link),
  });
  const session = createSession(
    createClient(connectEmbed, window.document.baseURI),
    openingOf(link, FALLBACK),
  );
  return {
    session,
    settings,
    ...optionsOf(fragment),
    ready: loadLanguage(settings.getState().language).catch(() => undefined),
    start: () => {
      void begin(session, window.document.baseURI);
      tellChanges(session, settings);
      window.addEventListener("message", (event) => {
        if (event.source === window.parent) obey(event.data, session, settings);
      });
      window.addEventListener("hashchange", () => obey(asSet(window.location.hash), session, settings));
    },
  };
}

/** A trace that came with the page is shown as it is; else the engine runs, and a stored trace of it comes first. */
async function begin(session: SessionStore, base: string): Promise<void> {
  const file = ownFile(OWN_TRACE);
  if (file !== null) {
    const trace = await readAnyTrace(new Uint8Array(await file.arrayBuffer()), file.name);
    const words = await ownFile(OWN_VOCABULARY)?.text();
    const vocabulary = words === undefined ? undefined : (JSON.parse(words) as string[]);
    session.getState().setSource({ kind: "trace", model: trace.modelId, trace, vocabulary });
    return;
  }
  const source = session.getState().runs[0]?.run.source;
  if (source?.model === FALLBACK.model && textOf(source) === FALLBACK.text) {
    const trace = await storedExample(FALLBACK.model, base);
    // Whoever typed in the meantime has started the engine.
    if (session.getState().runs[0]?.run.source !== source) return;
    if (trace !== null) session.getState().show(trace);
  }
  session.getState().runs.forEach((_, at) => {
    session.getState().start(at);
  });
}

function asSet(hash: string) {
  return { source: "sightline", v: 1, type: "set", fragment: hash };
}

/** Shows what a message asks for; what is no message, or malformed, is passed over. */
function obey(data: unknown, session: SessionStore, settings: SettingsStore): void {
  const fragment = fragmentSet(data);
  if (fragment !== null) whenReadable(fragment, () => show(fragment, session, settings));
}

function show(fragment: string, session: SessionStore, settings: SettingsStore): void {
  const link = fromFragment(fragment);
  if (Object.keys(link).length === 0) return;
  const { theme, language, transpose, view } = link;
  settings.getState().set({
    ...(theme !== undefined && { theme }),
    ...(language !== undefined && { language }),
    ...(transpose !== undefined && { transpose }),
    ...(view !== undefined && { view }),
    options: optionsIn({ ...settings.getState().options, ...link }),
  });
  const now = linkOf(session.getState(), settings.getState());
  if (session.getState().runs[0]?.run.source.kind === "trace") {
    session.getState().select(openingOf(link, FALLBACK).selection ?? {});
    return;
  }
  const points = link.query !== undefined || link.key !== undefined;
  // What the message leaves out stays as it is; a pair that it points at is held.
  session.getState().restore(openingOf({ ...now, ...(points && { locked: true }), ...link }, FALLBACK));
}

/** Tells the page around what is selected and shown, as it changes. */
function tellChanges(session: SessionStore, settings: SettingsStore): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const tell = () => {
    timer = null;
    const link = linkOf(session.getState(), settings.getState());
    whenWritable(link, () => send({ type: "state", fragment: toFragment(link) }));
  };
  const later = () => {
    if (timer === null) timer = setTimeout(tell, LAG);
  };
  session.subscribe((state, before) => {
    later();
    if (state.selection === before.selection) return;
    const { stack, attention, layer, head, query, key, step } = state.selection;
    send({ type: "select", stack, attention, layer, head, query, key, step });
  });
  settings.subscribe(later);
}
