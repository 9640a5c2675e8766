import { tokenText } from "../viz/tokenText";
import { TokenLabel } from "./TokenLabel";

interface Props {
  tokens: readonly { readonly text: string }[];
  at: number;
  as?: "query" | "key" | "plain";
}

/** One token of a text, with its position where another token of the text looks the same. */
export function TokenAt({ tokens, at, as = "plain" }: Props) {
  const text = tokens[at]?.text ?? "";
  const shown = tokenText(text);
  const hasTwin = tokens.some((other, place) => place !== at && tokenText(other.text) === shown);
  return <TokenLabel text={text} as={as} position={hasTwin ? at : null} />;
}
