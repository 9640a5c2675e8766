import { Change } from "./Change";
import { Check } from "./Check";
import { Cite } from "./Cite";
import { Formula } from "./Formula";
import { LessonTerm } from "./LessonTerm";
import { Notes } from "./Notes";
import { Num } from "./Num";
import { NumberAnswer } from "./NumberAnswer";
import { Option } from "./Option";
import { Predict } from "./Predict";
import { Reveal } from "./Reveal";
import { Step } from "./Step";
import { Token } from "./Token";

/** What the capitalised tags of a chapter's prose, and its formulas, stand for. */
export const COMPONENTS = {
  Change,
  Check,
  Cite,
  Notes,
  Num,
  NumberAnswer,
  Option,
  Predict,
  Reveal,
  Step,
  Term: LessonTerm,
  Token,
  math: Formula,
} as const;
