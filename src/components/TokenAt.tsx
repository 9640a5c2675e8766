import { tokenText } from "../viz/tokenText";
import { type Shown, twinPlace } from "../viz/twins";
import { TokenLabel } from "./TokenLabel";

interface Props {
  tokens: readonly Shown[];
  at: number;
  as?: "query" | "key" | "plain" | "entry";
}

/** One token of a text, or one label of a list, with its place where another one looks the same. */
export function TokenAt({ tokens, at, as = "plain" }: Props) {
  const token = tokens[at] ?? "";
  const text = typeof token === "string" ? token : tokenText(token.text);
  return <TokenLabel text={text} as={as} position={twinPlace(tokens, at)} />;
}
