import { createContext, useContext } from "react";

/** A question as its parts see it. */
export interface Asked {
  /** Whether a wrong answer may be tried again, so that it does not show the right one. */
  readonly retries: boolean;
  readonly name: string;
  readonly said: string | null;
  /** What the engine says; null until the reader has asked and the trace is there. */
  readonly engine: string | null;
  readonly asked: boolean;
  /** Whether what was said is right; null until it was asked. */
  readonly right: boolean | null;
  say(said: string): void;
  ask(): void;
}

export const QuestionContext = createContext<Asked | null>(null);

/** The question that an option or an answer belongs to. */
export function useQuestion(): Asked {
  const asked = useContext(QuestionContext);
  if (asked === null) throw new Error("this component stands outside of <Predict>, <Check> and <Change>");
  return asked;
}
