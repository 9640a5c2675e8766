// @vitest-environment jsdom
import { act, cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, test } from "vitest";
import { loadWhole } from "../../src/i18n/catalogue";
import { I18nProvider } from "../../src/i18n/I18n";
import { LANGUAGES, type Language } from "../../src/i18n/language";
import type { Figure, Question } from "../../src/lessons/chapter";
import { CHAPTERS, type NamedChapter } from "../../src/lessons/chapters";
import { factsOf } from "../../src/lessons/facts";
import type { Figures } from "../../src/lessons/LessonFigure";
import { LessonPlayer } from "../../src/lessons/LessonPlayer";
import { fromFragment, ignoredIn } from "../../src/store/fragment";
import { createProgress } from "../../src/store/lessonProgress";
import { FIRST_MODEL, MODELS } from "../../src/store/models";
import { optionsIn } from "../../src/store/options";
import { ProgressProvider } from "../../src/store/ProgressContext";
import { openingOf } from "../../src/store/permalink";
import { SettingsProvider } from "../../src/store/SettingsContext";
import { createSession, type SessionState, type SessionStore } from "../../src/store/session";
import { createSettings } from "../../src/store/settings";
import { FIRST_VIEW, VIEWS } from "../../src/store/views";
import "../support/mathml";
import { fixtureEngine } from "../views/openFixture";

afterEach(cleanup);

const FALLBACK = { model: FIRST_MODEL, text: MODELS[0]?.example ?? "" };
const engine = fixtureEngine();
/** The views have tests of their own. */
const figures = Object.fromEntries(VIEWS.map((view) => [view, () => null])) as unknown as Figures;

/** A chapter over the engine of the page, and its sessions by step. */
async function openChapter(chapter: NamedChapter, language: Language, at = 0) {
  await loadWhole(language);
  const sessions: SessionStore[] = [];
  const settings = createSettings({
    theme: "light",
    language,
    transpose: false,
    view: "steps",
    lesson: { slug: chapter.slug, at, present: false },
  });
  const progress = createProgress(() => window.localStorage);
  const open = (link: Parameters<typeof openingOf>[0]) => {
    const session = createSession(engine, openingOf(link, FALLBACK));
    sessions.push(session);
    return session;
  };
  const { container } = render(
    <SettingsProvider store={settings}>
      <I18nProvider language={language}>
        <ProgressProvider store={progress}>
          <LessonPlayer chapter={chapter} open={open} figures={figures} />
        </ProgressProvider>
      </I18nProvider>
    </SettingsProvider>,
  );
  await waitFor(
    () => {
      expect(container.querySelectorAll("section[data-step]").length).toBe(chapter.steps.length);
      const states = sessions.slice(0, chapter.steps.length).map((each) => each.getState().runs[0]?.status);
      expect(states).toEqual(chapter.steps.map(() => "ready"));
    },
    { timeout: 60_000 },
  );
  return { container, sessions, settings, progress };
}

/** What of a session a figure stands for: its runs as asked for, where it looks, and how it samples, writes and tries things out. */
function standing({ runs, selection, locked, sampling, decoding, experiments }: SessionState) {
  const asked = runs.map(({ run: { source, edits, variant, seed } }) => ({
    source,
    edits,
    variant: variant ?? [],
    seed,
  }));
  return { asked, selection, locked, sampling, decoding, experiments };
}

function stepWith(container: HTMLElement, question: string): number {
  const steps = [...container.querySelectorAll("section[data-step]")];
  return steps.findIndex((step) => step.querySelector(`[data-question=${question}]`) !== null);
}

/** A whole chapter is opened and answered, on a machine that may be busy with others. */
const PATIENCE = { timeout: 120_000 };

describe.each(CHAPTERS.map((chapter) => [chapter.slug, chapter] as const))(
  "chapter %s",
  PATIENCE,
  (_, chapter) => {
    test.each(LANGUAGES)(
      "in %s has a number and a token of the trace wherever its prose asks for one",
      async (language) => {
        const { container } = await openChapter(chapter, language);
        const gaps = [...container.querySelectorAll("[data-waiting]")].map(
          (gap) => gap.parentElement?.textContent,
        );
        expect(gaps).toEqual([]);
        expect(container.querySelectorAll("section[data-step]:not([hidden])").length).toBe(1);
      },
    );

    test("opens every figure in the full page as it stands", async () => {
      const { container, sessions, settings } = await openChapter(chapter, "zh");
      for (const at of chapter.steps.keys()) {
        act(() => settings.getState().set({ lesson: { slug: chapter.slug, at, present: false } }));
        const href = container.querySelector("section[data-view] a")?.getAttribute("href") ?? "";
        const link = fromFragment(href.split("#")[1] ?? "");
        const page = createSession(engine, openingOf(link, FALLBACK)).getState();
        expect(standing(page), `step ${at + 1}`).toEqual(standing(sessions[at]?.getState() ?? page));
        const figure: Figure = chapter.steps[at]?.figure ?? {};
        expect(link.view ?? FIRST_VIEW, `step ${at + 1}`).toBe(figure.view ?? FIRST_VIEW);
        expect(optionsIn(link), `step ${at + 1}`).toEqual(optionsIn(figure));
        expect(ignoredIn(href.split("#")[1] ?? "")).toEqual([]);
      }
    });

    test("asks for a prediction before it says anything, and has a check that can be failed and passed", async () => {
      localStorage.clear();
      const first = await openChapter(chapter, "en");
      const predictAt = stepWith(first.container, "predict");
      const checkAt = stepWith(first.container, "check");
      const answerOf = (question: Question, at: number) => {
        const { runs, selection } = first.sessions[at]?.getState() ?? { runs: [], selection: null };
        const facts = selection === null ? null : factsOf(runs[0], selection);
        if (facts === null) throw new Error("no facts");
        return question.answer(facts);
      };

      act(() =>
        first.settings.getState().set({ lesson: { slug: chapter.slug, at: predictAt, present: false } }),
      );
      const predict = within(first.container.querySelector("[data-question=predict]") as HTMLElement);
      const reveal = predict.getByRole("button", { name: "Reveal" });
      expect(reveal).toHaveProperty("disabled", true);
      expect(predict.queryByText("what the engine says")).toBe(null);
      const right = answerOf(chapter.predict, predictAt);
      await say(predict, chapter.predict, right);
      await userEvent.click(reveal);
      predict.getByText("That is what the engine says too.");

      act(() =>
        first.settings.getState().set({ lesson: { slug: chapter.slug, at: checkAt, present: false } }),
      );
      const check = within(first.container.querySelector("[data-question=check]") as HTMLElement);
      const answer = answerOf(chapter.check, checkAt);
      await say(check, chapter.check, wrong(chapter.check, answer));
      await userEvent.click(check.getByRole("button", { name: "Check" }));
      check.getByText("Not yet. Look at the figure and try again.");
      expect(first.progress.getState().chapters[chapter.slug]?.checked).toBe(false);
      await say(check, chapter.check, answer);
      await userEvent.click(check.getByRole("button", { name: "Check" }));
      check.getByText("Right.");
      expect(first.progress.getState().chapters[chapter.slug]?.checked).toBe(true);
      expect(screen.getByRole("navigation", { name: "Lessons" }).textContent).toContain("✓ checked");
    });
  },
);

test("what the chapter on attention alone mixes by hand is what the engine recorded", PATIENCE, async () => {
  const chapter = CHAPTERS.find(({ slug }) => slug === "b1");
  if (chapter === undefined) throw new Error("no such chapter");
  const { sessions } = await openChapter(chapter, "en");
  const at = chapter.steps.findIndex(({ id }) => id === "mix");
  const state = sessions[at]?.getState();
  const facts = state === undefined ? null : factsOf(state.runs[0], state.selection);
  if (facts === null) throw new Error("no facts");
  const { mixed, recorded } = chapter.numbers ?? {};
  expect(Number(recorded?.(facts))).not.toBe(0);
  expect(Number(mixed?.(facts))).toBeCloseTo(Number(recorded?.(facts)), 4);
});

async function say(
  within: { getByRole: typeof screen.getByRole; getAllByRole: typeof screen.getAllByRole },
  question: Question,
  answer: string | number,
) {
  if (question.kind === "number") {
    const field = within.getByRole("textbox");
    await userEvent.clear(field);
    await userEvent.type(field, String(answer));
    return;
  }
  const option = within.getAllByRole("radio").find((each) => (each as HTMLInputElement).value === answer);
  if (option === undefined) throw new Error(`the engine says ${answer}, which is no option`);
  await userEvent.click(option);
}

/** An answer that must be refused. */
function wrong(question: Question, answer: string | number): string | number {
  if (question.kind === "number") return Number(answer) * 1.5 + 1;
  return question.options.find((option) => option !== answer) ?? "";
}
