/**
 * Words as people count them, so that pieces can be shown by the word: letters, digits and marks with inner
 * apostrophes and hyphens; each ideograph, each kana run and every other character that is not a space by itself.
 */
const WORD =
  /\p{Script=Han}|[\p{Script=Hiragana}\p{Script=Katakana}ー]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+(?:['’-](?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}])+)*|[^\s]/gu;

/** For each UTF-16 unit of the text the index of its word; a space belongs to the word after it, or to the last. */
export function wordsOf(text: string): Int32Array {
  const words = new Int32Array(text.length);
  let at = 0;
  let word = -1;
  for (const match of text.matchAll(WORD)) {
    const end = match.index + match[0].length;
    words.fill(++word, at, end);
    at = end;
  }
  words.fill(Math.max(word, 0), at);
  return words;
}
