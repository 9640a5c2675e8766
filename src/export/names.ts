import type { Token } from "../engine/trace";
import type { Where } from "../viz/siteView";

/** The most letters of the sentence that a name carries. */
const LONGEST = 40;

/** Words of a sentence as a part of a file name: letters and digits of any script, joined by hyphens. */
export function slug(text: string): string {
  const words =
    text
      .toLowerCase()
      .normalize("NFC")
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  let slugged = "";
  for (const word of words) {
    const next = slugged === "" ? word : `${slugged}-${word}`;
    if ([...next].length > LONGEST) break;
    slugged = next;
  }
  return slugged || [...(words[0] ?? "")].slice(0, LONGEST).join("") || "untitled";
}

/** The text that tokens were cut from, a space wherever something lay between two of them. */
export function textOfTokens(tokens: readonly Token[]): string {
  const typed = tokens.filter(({ special }) => !special);
  return typed
    .map(({ text, start }, at) => (start === (typed[at - 1]?.end ?? start) ? text : ` ${text}`))
    .join("")
    .trim();
}

/** What a file is about. */
export interface Named {
  readonly model: string;
  readonly text: string;
  readonly where: Pick<Where, "stack" | "layer" | "head">;
  /** The site without stack and layer; null for a whole trace. */
  readonly site: string | null;
  /** Whether the file is about one head. */
  readonly oneHead: boolean;
  readonly extension: string;
}

/** "causal_the-animal-didn-t_L1H3_attn.hook_pattern.csv": model, sentence, place, site. */
export function fileName({ model, text, where, site, oneHead, extension }: Named): string {
  const layer = `${where.stack === "blocks" ? "" : `${where.stack}-`}L${where.layer}`;
  const place = oneHead ? `${layer}H${where.head}` : layer;
  const parts = [slug(model), slug(text), ...(site === null ? ["trace"] : [place, site])];
  return `${parts.join("_")}.${extension}`;
}
