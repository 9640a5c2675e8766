/** A piece of a rich message: text, or the name of a component that stands there. */
export type Piece = { readonly text: string } | { readonly component: string };

/** Stands for "<" inside values while the message is cut at its tags, so that typed text never becomes a tag. */
const SHIELD = "\uE000";

/** A value that survives `pieces` unread. */
export function shield(value: string): string {
  return value.replaceAll("<", SHIELD);
}

/** Cuts a formatted message at its self-closing tags: "<query/> gives <key/>" → query, " gives ", key. */
export function pieces(message: string): Piece[] {
  return message
    .split(/<(\w+)\/>/)
    .map((part, i) => (i % 2 === 1 ? { component: part } : { text: part.replaceAll(SHIELD, "<") }))
    .filter((piece) => !("text" in piece) || piece.text !== "");
}
