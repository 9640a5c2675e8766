import { createContext, type ReactNode, useContext } from "react";
import type { NamedChapter } from "./chapters";
import type { OpenSession, Stage } from "./stage";

export type QuestionName = "predict" | "check";

/** What a reader has said to a question. */
export interface Answer {
  readonly said: string;
  /** Whether the reader has asked what the engine says. */
  readonly asked: boolean;
}

/** A chapter while it is read. */
export interface Lesson {
  readonly chapter: NamedChapter;
  readonly stages: readonly Stage[];
  readonly open: OpenSession;
  /** The step that is shown, from 0. */
  readonly at: number;
  /** Where the speaker notes of the step are shown; null while they are not. */
  readonly notes: HTMLElement | null;
  readonly answers: Readonly<Partial<Record<QuestionName, Answer>>>;
  answer(question: QuestionName, answer: Answer): void;
  /** The chapter's check was answered rightly. */
  pass(): void;
}

const LessonContext = createContext<Lesson | null>(null);
const StageContext = createContext<Stage | null>(null);

/** Gives its children the lesson. */
export function LessonProvider({ lesson, children }: { lesson: Lesson; children: ReactNode }) {
  return <LessonContext value={lesson}>{children}</LessonContext>;
}

/** The lesson that a component of the prose belongs to. */
export function useLesson(): Lesson {
  const lesson = useContext(LessonContext);
  if (lesson === null) throw new Error("the components of a lesson's prose need a LessonProvider above them");
  return lesson;
}

/** Gives its children the stage of their step. */
export function StageProvider({ stage, children }: { stage: Stage; children: ReactNode }) {
  return <StageContext value={stage}>{children}</StageContext>;
}

/** The stage of the step that a component of the prose stands in. */
export function useStage(): Stage {
  const stage = useContext(StageContext);
  if (stage === null) throw new Error("this component of a lesson's prose stands outside of every <Step>");
  return stage;
}
