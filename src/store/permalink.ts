import { currentId, shippedModel } from "../model/registry";
import { packSwitches, unpackSwitches } from "./experiments";
import { fromFragment, ignoredIn, toFragment, whenReadable, whenWritable } from "./fragment";
import { lessonIn } from "./lessonPlace";
import type { LinkState } from "./link";
import { packEdits, unpackEdits } from "./linkEdits";
import { packVariant, unpackVariant } from "./linkVariant";
import type { Opening } from "./opening";
import { type Options, optionsIn } from "./options";
import { firstPicture, packPicture, unpackPicture } from "./picture";
import { isLocal, isText } from "./run";
import type { SessionState, SessionStore } from "./session";
import type { SettingsState, SettingsStore } from "./settings";
import { FIRST_VIEW } from "./views";

/** The part of a window that a permalink needs. */
export interface Place {
  readonly location: Pick<Location, "hash">;
  readonly history: Pick<History, "replaceState" | "pushState">;
  addEventListener(type: "popstate" | "hashchange", listener: () => void): void;
  removeEventListener(type: "popstate" | "hashchange", listener: () => void): void;
}

/** The fragment follows once the page has rested this long, in ms: browsers limit how often it may change, and it costs a frame. */
const LAG = 300;

/** Everything that a link of the page as it stands must restore; of a lesson its place alone, since its figures are its own. */
export function linkOf(session: SessionState, settings: SettingsState): Partial<LinkState> {
  const { runs, selection, locked, sampling, decoding, experiments } = session;
  const source = runs[0]?.run.source;
  const edits = packEdits(runs[0]?.run.edits ?? []);
  // A second run that is no text (words in another order) is made again by the view that made it.
  const second = runs[1]?.run;
  const other = second && isText(second.source) ? { ...second, source: second.source } : null;
  const editsB = packEdits(other?.edits ?? []);
  const variant = packVariant(runs[0]?.run.variant);
  const variantB = packVariant(other?.variant);
  const { theme, language, transpose, view, options, lesson } = settings;
  if (lesson !== null)
    return { lesson: lesson.slug, at: lesson.at, present: lesson.present, theme, language };
  const { site, dimension, ...place } = selection;
  const { open } = experiments;
  const switches = packSwitches(experiments.all[open ?? ""] ?? {});
  return {
    ...(source && isText(source) && { text: source.text }),
    ...(source?.kind === "pair" && { second: source.second }),
    ...(source?.kind === "seq2seq" && { target: source.target }),
    ...(source?.kind === "image" && { image: packPicture(source.picture) }),
    // What the reader opened lies on their own machine: no link leads there.
    ...(source && source.kind !== "trace" && !isLocal(source.model) && { model: source.model }),
    ...place,
    ...(site !== null && { site }),
    dimension,
    locked,
    ...(edits !== undefined && { edits }),
    ...(variant !== undefined && { variant }),
    ...sampling,
    ...decoding,
    ...(other && {
      textB: other.source.text,
      ...(!isLocal(other.source.model) && { modelB: other.source.model }),
    }),
    ...(editsB !== undefined && { editsB }),
    ...(variantB !== undefined && { variantB }),
    ...chosen(options),
    ...(open !== null && { experiment: open }),
    ...(open !== null && switches !== undefined && { switches }),
    transpose,
    view,
    theme,
    language,
  };
}

/** What a session begins with, by a link; `fallback` fills what the link leaves out. `ignored`: what could not be read of it. */
export function openingOf(
  link: Partial<LinkState>,
  fallback: { model: string; text: string },
  ignored: readonly string[] = [],
): Opening {
  const { text = fallback.text, second, target, image } = link;
  const model = shippedId(link.model) ?? fallback.model;
  const picture = image === undefined ? firstPicture(model) : unpackPicture(image);
  const source =
    picture !== null
      ? ({ kind: "image", model, picture } as const)
      : target !== undefined
        ? ({ kind: "seq2seq", model, text, target } as const)
        : second !== undefined
          ? ({ kind: "pair", model, text, second } as const)
          : ({ kind: "text", model, text } as const);
  const { stack, attention, layer, head, query, key, step, site, dimension } = link;
  const { temperature, topK, topP, seed } = link;
  const { strategy, beams, lengthPenalty, maxTokens, textB } = link;
  const modelB = shippedId(link.modelB) ?? model;
  const { experiment: open, switches = "" } = link;
  const other = textB === undefined ? [] : [{ kind: "text", model: modelB, text: textB } as const];
  const inVain = [
    ...ignored,
    ...(unpackEdits(link.edits).length === 0 && link.edits !== undefined ? ["edits"] : []),
    ...(unpackVariant(link.variant).length === 0 && link.variant !== undefined ? ["variant"] : []),
  ];
  return {
    ignored: inVain,
    runs: [source, ...other].map((each, at) => ({
      source: each,
      edits: unpackEdits(at === 0 ? link.edits : link.editsB),
      variant: unpackVariant(at === 0 ? link.variant : link.variantB),
      seed: seed ?? 1,
    })),
    selection: defined({ stack, attention, layer, head, query, key, step, site, dimension }),
    locked: link.locked ?? (query !== undefined || key !== undefined),
    sampling: defined({ temperature, topK, topP, seed }),
    decoding: defined({ strategy, beams, lengthPenalty, maxTokens }),
    ...(open !== undefined && { experiments: { open, all: { [open]: unpackSwitches(switches) } } }),
    ...(link.model !== undefined && link.model !== model && { unknownModel: link.model }),
  };
}

/**
 * Keeps the address and the page the same: the page's changes replace the fragment (a change of model, view or chapter is a new
 * entry of the history), and a changed fragment (back, forward, a pasted link) changes the page. Returns a function that stops it.
 */
export function followAddress(
  place: Place,
  session: SessionStore,
  settings: SettingsStore,
  fallback: { model: string; text: string },
): () => void {
  let written = place.location.hash.replace(/^#/, "");
  const here = () => {
    const { lesson, view } = settings.getState();
    return lesson?.slug ?? `${modelOf(session.getState())} ${view}`;
  };
  let entry = here();
  let timer: ReturnType<typeof setTimeout> | null = null;

  const write = () => {
    timer = null;
    const link = linkOf(session.getState(), settings.getState());
    whenWritable(link, () => note(toFragment(link)));
  };
  const note = (fragment: string) => {
    if (fragment === written) return;
    written = fragment;
    const next = here();
    if (next === entry) place.history.replaceState(null, "", `#${fragment}`);
    else place.history.pushState(null, "", `#${fragment}`);
    entry = next;
  };
  const changed = () => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(write, LAG);
  };
  const read = () => {
    const fragment = place.location.hash.replace(/^#/, "");
    if (fragment === written) return;
    written = fragment;
    whenReadable(fragment, () => follow(fromFragment(fragment), ignoredIn(fragment)));
  };
  const follow = (link: Partial<LinkState>, ignored: readonly string[]) => {
    const { theme, language, transpose = false, view = FIRST_VIEW } = link;
    const lesson = lessonIn(link);
    settings.getState().set({ lesson, ...defined({ theme, language }) });
    if (lesson === null) {
      settings.getState().set({ transpose, view, options: optionsIn(link) });
      session.getState().restore(openingOf(link, fallback, ignored));
    }
    entry = here();
  };

  const stops = [session.subscribe(changed), settings.subscribe(changed)];
  place.addEventListener("popstate", read);
  place.addEventListener("hashchange", read);
  return () => {
    for (const stop of stops) stop();
    if (timer !== null) clearTimeout(timer);
    place.removeEventListener("popstate", read);
    place.removeEventListener("hashchange", read);
  };
}

/** The id today of the model that a link names, if it ships: a link may come from a page that has others. */
function shippedId(model: string | undefined): string | undefined {
  return model === undefined ? undefined : shippedModel(currentId(model))?.id;
}

function modelOf(session: SessionState): string | undefined {
  return session.runs[0]?.run.source.model;
}

/** The options that are chosen: a link has no word for none. */
function chosen(options: Options): Partial<LinkState> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
}

/** An object without its undefined entries. */
function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
