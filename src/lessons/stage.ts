import type { Edit } from "../engine/edits";
import { lookAt } from "../store/follow";
import type { LinkState } from "../store/link";
import { optionsIn } from "../store/options";
import { isText } from "../store/run";
import type { SessionStore } from "../store/session";
import { createSettings, type Settings, type SettingsStore } from "../store/settings";
import { FIRST_VIEW } from "../store/views";
import type { Figure, StepData } from "./chapter";
import { type Facts, factsOf } from "./facts";

/** Begins a session, by what a link would say. Nothing runs before its `start`. */
export type OpenSession = (link: Partial<LinkState>) => SessionStore;

/** One step's figure: a session and settings of its own, so that what a reader moves in it stays there. */
export interface Stage {
  readonly figure: Figure;
  /** What is put on top of it once a question was answered. */
  readonly revealed: Figure | null;
  readonly session: SessionStore;
  readonly settings: SettingsStore;
  /** Begins to compute, once. */
  start(): void;
}

/** The stage of a step, in the theme and language of the page. */
export function openStage(
  { figure, revealed, set }: StepData,
  open: OpenSession,
  { theme, language }: Pick<Settings, "theme" | "language">,
): Stage {
  const { look, ...link } = figure;
  const session = open(link);
  const { transpose = false, view = FIRST_VIEW } = link;
  const settings = createSettings({ theme, language, transpose, view, options: optionsIn(link) });
  let started = false;
  return {
    figure,
    revealed: revealed ?? null,
    session,
    settings,
    start: () => {
      if (started) return;
      started = true;
      const stop = session.subscribe(({ runs }) => {
        if (runs[0]?.status !== "ready") return;
        stop();
        if (look !== undefined) lockWords(session, look, link.head !== undefined);
        if (set !== undefined) setEdits(session, set);
      });
      session.getState().runs.forEach((_, at) => {
        session.getState().start(at);
      });
    },
  };
}

/** Locks two words of a session's text (or of its target, where a decoder asks or answers), and the head that connects them best unless a head was chosen. */
export function lockWords(session: SessionStore, look: readonly [string, string], keepHead: boolean): void {
  const { runs, selection, lock } = session.getState();
  const { trace = null, run } = runs[0] ?? {};
  if (trace === null || run === undefined || !isText(run.source)) return;
  const { source } = run;
  const asks = selection.stack === "decoder" && source.kind === "seq2seq" ? source.target : source.text;
  const answers = selection.attention === "cross_attn" ? source.text : asks;
  const found = lookAt(selection, { query: asks.indexOf(look[0]), key: answers.indexOf(look[1]) }, trace);
  const { query, key } = found;
  lock(keepHead ? { query, key } : found);
}

/** Runs a session again with edits that are read from its trace. */
export function setEdits(session: SessionStore, edits: (facts: Facts) => readonly Edit[]): void {
  const now = session.getState();
  const facts = factsOf(now.runs[0], now.selection);
  if (facts === null) return;
  const runs = now.runs.map(({ run }, at) => (at === 0 ? { ...run, edits: edits(facts) } : run));
  now.restore({ ...now, runs });
}

/** Makes a stage show another figure: what that leaves out stays as the stage's own figure says. */
export function showFigure(stage: Stage, open: OpenSession, change: Figure): void {
  const { look, ...link } = { ...stage.figure, ...change };
  const { transpose = false, view = FIRST_VIEW } = link;
  stage.settings.getState().set({ transpose, view, options: optionsIn(link) });
  const fresh = open(link).getState();
  const { session } = stage;
  session.getState().restore({
    ...fresh,
    runs: fresh.runs.map(({ run }) => run),
  });
  const isSettled = () => !session.getState().runs.some(({ stale, error }) => stale && error === null);
  const settle = () => {
    if (look !== undefined) lockWords(session, look, link.head !== undefined);
  };
  if (isSettled()) {
    settle();
    return;
  }
  // Locking changes the session too, so it is not listened to any more by then.
  const stop = session.subscribe(() => {
    if (!isSettled()) return;
    stop();
    settle();
  });
}
