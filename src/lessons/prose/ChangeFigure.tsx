import { type ReactNode, useId, useState } from "react";
import type { Figure } from "../chapter";
import { useLesson, useStage } from "../LessonContext";
import { showFigure } from "../stage";
import { QuestionContext } from "./QuestionContext";

interface Props {
  label: string;
  figures: Readonly<Record<string, Figure>>;
  children: ReactNode;
}

/** Figures to choose among: each `<Option>` shows its own. */
export function ChangeFigure({ label, figures, children }: Props) {
  const { open } = useLesson();
  const stage = useStage();
  const name = useId();
  const [said, setSaid] = useState<string | null>(null);
  const say = (id: string) => {
    const figure = figures[id];
    if (figure === undefined) throw new Error(`the change has no figure ${id}`);
    setSaid(id);
    showFigure(stage, open, figure);
  };
  const asked = {
    retries: false,
    name,
    said,
    engine: null,
    asked: false,
    right: null,
    say,
    ask: () => undefined,
  };
  return (
    <QuestionContext value={asked}>
      <div role="radiogroup" aria-label={label}>
        {children}
      </div>
    </QuestionContext>
  );
}
