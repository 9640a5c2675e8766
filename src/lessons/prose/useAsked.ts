import { useId } from "react";
import type { Question } from "../chapter";
import type { Facts } from "../facts";
import { type QuestionName, useLesson, useStage } from "../LessonContext";
import { showFigure } from "../stage";
import { useFacts } from "../useFacts";
import type { Asked } from "./QuestionContext";

/** The chapter's prediction or check: what was said, and what the engine says. */
export function useAsked(name: QuestionName): Asked {
  const { chapter, answers, answer, open } = useLesson();
  const stage = useStage();
  const facts = useFacts();
  const id = useId();
  const question = chapter[name];
  const { said = null, asked = false } = answers[name] ?? {};
  const right = asked && facts !== null && said !== null ? isRight(question, said, facts) : null;
  return {
    retries: name === "check",
    name: id,
    said,
    asked,
    right,
    engine: asked && facts !== null && (name === "predict" || right) ? String(question.answer(facts)) : null,
    // Whoever changes the answer has to ask again.
    say: (next) => answer(name, { said: next, asked: false }),
    ask: () => {
      if (said === null) return;
      answer(name, { said, asked: true });
      if (stage.revealed !== null) showFigure(stage, open, stage.revealed);
    },
  };
}

/** Whether an answer is what the engine says, within the question's tolerance. */
export function isRight(question: Question, said: string, facts: Facts): boolean {
  if (question.kind === "choice") return said === question.answer(facts);
  const engine = question.answer(facts);
  const typed = Number(said.trim().replace(/[−–]/g, "-").replace(",", "."));
  return (
    said.trim() !== "" &&
    Math.abs(typed - engine) <= question.tolerance * Math.abs(engine) + (question.slack ?? 0)
  );
}
