/** Every row of the subject that Sightline explains: questions, essays, the mechanism, the introduction, the interview notes. */
export const ROWS = [...rows("A", 7), ...rows("B", 9), ...rows("C", 6), ...rows("D", 10), ...rows("E", 7)];

/** Rows whose chapters are still to be written. */
export const UNWRITTEN: readonly string[] = ROWS.filter(
  (row) => !["A2", "C1", "C4", "C5", "E1", "D7"].includes(row),
);

function rows(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${letter}${at + 1}`);
}
