import type { LinkState } from "./link";

/** Where in the lessons a reader is. */
export interface LessonPlace {
  /** The chapter, or INDEX. */
  readonly slug: string;
  /** The step, from 0. */
  readonly at: number;
  /** Whether it is shown to a class: full screen, large type. */
  readonly present: boolean;
}

/** Stands for a chapter where the list of all chapters is shown. */
export const INDEX = "index";

/** The place that a link leads to; null where it leads to the page that explores. */
export function lessonIn({ lesson, at = 0, present = false }: Partial<LinkState>): LessonPlace | null {
  return lesson === undefined ? null : { slug: lesson, at, present };
}
