import type { ReactNode } from "react";
import { T } from "../../i18n/T";
import { useLesson } from "../LessonContext";
import { ChangeEdit } from "./ChangeEdit";
import { ChangeFigure } from "./ChangeFigure";
import { ChangeSelection } from "./ChangeSelection";
import { ChangeText } from "./ChangeText";
import styles from "./Prose.module.css";

/** The one thing of the chapter that a reader moves, bound to the figure of the step. `label` names the control. */
export function Change({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className={styles.question} data-question="change">
      <legend>
        <T id="lessons.change" />
      </legend>
      <Control label={label}>{children}</Control>
    </fieldset>
  );
}

function Control({ label, children }: { label: string; children: ReactNode }) {
  const { change } = useLesson().chapter;
  switch (change.kind) {
    case "text":
      return (
        <>
          {children}
          <ChangeText label={label} suggestions={change.suggestions} />
        </>
      );
    case "selection":
      return (
        <>
          {children}
          <ChangeSelection label={label} of={change.of} />
        </>
      );
    case "edit":
      return (
        <>
          {children}
          <ChangeEdit label={label} change={change} />
        </>
      );
    case "figure":
      // Its options are among the children.
      return (
        <ChangeFigure label={label} figures={change.figures}>
          {children}
        </ChangeFigure>
      );
    default:
      return change satisfies never;
  }
}
