import { tokenText } from "../viz/tokenText";
import styles from "./TokenLabel.module.css";

interface Props {
  text: string;
  /** "entry": a label of a list, shown as it stands and as bold as its row. */
  as?: "query" | "key" | "plain" | "entry";
  /** Said beside the text, as in the row of tokens. */
  position?: number | null;
  /** Of a vocabulary, where the space in front tells entries apart: it is marked. */
  spaced?: boolean;
}

/** Keeps a position from being read as a part of its token. */
const THIN = "\u2009";

/** A token inside a sentence or a list, in the colour of its role; white space alone is given a mark. */
export function TokenLabel({ text, as = "plain", position = null, spaced = false }: Props) {
  return (
    <b
      className={`${styles.token} ${styles[as]}`}
      translate="no"
      data-space={(spaced && text.startsWith(" ")) || undefined}
    >
      <bdi>{as === "entry" ? text : tokenText(text)}</bdi>
      {position !== null && <sup>{`${THIN}${position}`}</sup>}
    </b>
  );
}
