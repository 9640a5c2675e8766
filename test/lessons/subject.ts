/** Every row of the subject that Sightline explains: questions, essays, the mechanism, the introduction, the interview notes. */
export const ROWS = [...rows("A", 7), ...rows("B", 9), ...rows("C", 6), ...rows("D", 10), ...rows("E", 7)];

function rows(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${letter}${at + 1}`);
}
