const MARKS: Readonly<Record<string, string>> = { " ": "␣", "\n": "↵", "\r": "␍", "\t": "⇥", "\u00a0": "⍽" };

/** A token's text as it is shown: the space in front is left out, and what has no ink gets a mark. */
export function tokenText(text: string): string {
  const bare = text.startsWith(" ") && text.trim() !== "" ? text.slice(1) : text;
  // A joiner inside a word or an emoji shapes it; alone it would leave the token empty.
  const isUnseen = /^\p{Default_Ignorable_Code_Point}+$/u.test(bare);
  return [...bare]
    .map((character) =>
      isUnseen || inkless(character) ? (MARKS[character] ?? codePoint(character)) : character,
    )
    .join("");
}

/**
 * Whether a label, with its number, may be wider than the places that labels have, were all of its letters wide: a Chinese character is as
 * wide as two. Only those are cut, since each cut is an account of its own in every frame that the browser draws.
 */
export function isLong(text: string): boolean {
  return text.length > (/[\u2e80-\uffff]/.test(text) ? 3 : 6);
}

/** Spaces, controls, changes of direction and characters that no font has: nothing that a reader could see. */
function inkless(character: string): boolean {
  return character in MARKS || /^[\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{Bidi_Control}]$/u.test(character);
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
