import { tokenText } from "../viz/tokenText";
import styles from "./TokenLabel.module.css";

interface Props {
  text: string;
  as?: "query" | "key" | "plain";
}

/** A token inside a sentence or a list, in the colour of its role; white space alone is given a mark. */
export function TokenLabel({ text, as = "plain" }: Props) {
  return (
    <b className={`${styles.token} ${styles[as]}`} translate="no">
      <bdi>{tokenText(text)}</bdi>
    </b>
  );
}
